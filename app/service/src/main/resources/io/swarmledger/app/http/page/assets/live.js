/**
 * Follows the ledger and has the page's live regions ([data-live], each with an id) fetched again, at most once a second.
 * Of an event only its position is looked at: they may come by the thousand. A region with data-live-every is fetched
 * again after so many milliseconds too, whatever happens: with the shortest of them.
 */
import { base } from './base.js';
import { morph } from './morph.js';
import { written } from './zone.js';

const PACE = 1_000;
const AGAIN = 5_000;

const indicator = document.getElementById('live');
const listeners = new Set();
let position = Number(document.body.dataset.head);
let lastFetch = Date.now();
let timer = null;
let againTimer = null;
let isFetching = false;
let isDue = false;
let isPaused = false;
let lostAt = null;
let isUnanswered = false;

/** Calls back with the position of each event that comes. */
export function onEvent(listener) {
    listeners.add(listener);
}

/** Nothing is fetched again until it goes on. */
export function pause(paused) {
    isPaused = paused;
    if (!paused && isDue) {
        refreshSoon();
    }
}

/** Has the live regions fetched again as soon as may be. */
export function refreshSoon() {
    isDue = true;
    if (timer === null && !isFetching && !isPaused && !document.hidden) {
        timer = setTimeout(refresh, Math.max(0, lastFetch + PACE - Date.now()));
    }
}

async function refresh() {
    timer = null;
    isDue = false;
    isFetching = true;
    try {
        await htmx.ajax('GET', location.pathname + location.search, { target: 'body', swap: 'live' });
    } finally {
        isFetching = false;
        lastFetch = Date.now();
        if (isDue) {
            refreshSoon();
        }
        again();
    }
}

/** There is one such timer however often something else had the regions fetched. */
function again() {
    clearTimeout(againTimer);
    const every = [...document.querySelectorAll('[data-live-every]')].map(region => Number(region.dataset.liveEvery));
    if (every.length > 0) {
        againTimer = setTimeout(refreshSoon, Math.min(...every));
    }
}

/** What is shown is of before, however calm it looks. */
function unanswered(event, why) {
    if (event.detail.target === document.body) {
        isUnanswered = true;
        show('bad', 'triangle', `not refreshed: ${why}`);
    }
}

function swap(fragment) {
    if (isUnanswered && !lostAt) {
        show('good', 'circle', 'live');
    }
    isUnanswered = false;
    const regions = [...document.querySelectorAll('[data-live]')];
    for (const region of regions) {
        const fresh = fragment.querySelector(`#${CSS.escape(region.id)}`);
        // What comes later in the page itself stays as it is until then.
        if (fresh && !fresh.hasAttribute('data-later')) {
            morph(region, fresh);
        }
    }
    document.dispatchEvent(new CustomEvent('ledger:fresh'));
    return regions;
}

function show(tone, shape, words) {
    indicator.className = `chip ${tone}`;
    indicator.querySelector('.shape').className = `shape ${shape}`;
    const word = indicator.querySelector('.word');
    if (word.textContent !== words) {
        word.textContent = words;
    }
}

function lost() {
    lostAt ??= new Date();
    show('bad', 'triangle', `not live since ${written(lostAt).slice(11, 19)}`);
}

function follow() {
    const source = new EventSource(`${base}/api/events/stream?afterPosition=${position}`);
    source.onopen = () => {
        show('good', 'circle', 'live');
        if (lostAt) {
            lostAt = null;
            refreshSoon();
        }
    };
    source.onmessage = message => {
        position = Number(message.lastEventId);
        listeners.forEach(listener => listener(position));
        refreshSoon();
    };
    source.onerror = () => {
        lost();
        if (source.readyState === EventSource.CLOSED) {
            setTimeout(followAnew, AGAIN);
        }
    };
}

/** The ledger may be another one by now, or behind the position that was seen. */
async function followAnew() {
    try {
        const newest = await fetch(`${base}/api/events?order=desc&limit=1`);
        if (newest.status === 401) {
            location.reload();
        } else if (newest.ok) {
            position = (await newest.json()).items[0]?.position ?? 0;
            follow();
            return;
        }
    } catch {
        // Still not there.
    }
    setTimeout(followAnew, AGAIN);
}

htmx.defineExtension('live', {
    isInlineSwap: style => style === 'live',
    handleSwap: (style, target, fragment) => (style === 'live' ? swap(fragment) : false),
});
document.body.setAttribute('hx-ext', 'live');
document.body.addEventListener('htmx:responseError', event => unanswered(event, event.detail.xhr.status));
document.body.addEventListener('htmx:sendError', event => unanswered(event, 'no answer'));
document.addEventListener('visibilitychange', () => {
    if (!document.hidden && isDue) {
        refreshSoon();
    }
});
follow();
again();
