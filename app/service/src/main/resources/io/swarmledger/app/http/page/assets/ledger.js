/** What every page has: live regions, actions, keys, the theme, copying, times that stay true. */
import { base } from './base.js';
import './live.js';
import './later.js';
import './zone.js';
import { notify, send } from './send.js';

const skew = Date.now() - Number(document.body.dataset.now);

/* The theme is kept in a cookie: the next page comes in it from the start. */

document.getElementById('theme').addEventListener('click', () => {
    const root = document.documentElement;
    const isDark = root.classList.contains('dark')
        || (!root.classList.contains('light') && matchMedia('(prefers-color-scheme: dark)').matches);
    root.className = isDark ? 'light' : 'dark';
    document.cookie = `swarm-ledger-theme=${root.className}; path=/; max-age=31536000; samesite=strict`;
    document.dispatchEvent(new CustomEvent('ledger:theme'));
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
    document.dispatchEvent(new CustomEvent('ledger:theme')));

document.getElementById('sign-out')?.addEventListener('click', async () => {
    if (await send('DELETE', '/api/session')) {
        location.assign(`${base}/`);
    }
});

/* Copying. */

async function copy(text) {
    if (navigator.clipboard) {
        await navigator.clipboard.writeText(text);
        return;
    }
    // Without TLS there is no clipboard for a page but this one.
    const field = document.createElement('textarea');
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
}

document.addEventListener('click', async event => {
    const button = event.target.closest('[data-copy], [data-copy-of]');
    if (!button) {
        return;
    }
    const text = button.dataset.copy ?? document.querySelector(button.dataset.copyOf).textContent;
    try {
        await copy(text);
        button.classList.add('copied');
        setTimeout(() => button.classList.remove('copied'), 1_200);
        notify('Copied');
    } catch {
        notify('The browser did not let it be copied', true);
    }
});

/* Ids that are shortened to the same are shown whole. */

function tellApart() {
    const alike = new Map();
    for (const shown of document.querySelectorAll('main .id [title], main a.id[title]')) {
        const text = shown.textContent;
        if (text !== shown.title) {
            alike.set(text, [...(alike.get(text) ?? []), shown]);
        }
    }
    for (const ids of alike.values()) {
        if (new Set(ids.map(shown => shown.title)).size > 1) {
            ids.forEach(shown => (shown.textContent = shown.title));
        }
    }
}

document.addEventListener('ledger:fresh', tellApart);
tellApart();

/* Relative times go on. */

const SECOND = 1_000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

function two(length, large, name, small, smallName) {
    const whole = Math.floor(length / large);
    const rest = Math.floor((length - whole * large) / small);
    return whole >= 10 || rest === 0 ? `${whole} ${name}` : `${whole} ${name} ${rest} ${smallName}`;
}

function duration(length) {
    return length < SECOND ? `${Math.round(length)} ms`
        : length < 10 * SECOND ? `${(length / SECOND).toFixed(1)} s`
        : length < MINUTE ? `${(length / SECOND).toFixed(0)} s`
        : length < HOUR ? two(length, MINUTE, 'min', SECOND, 's')
        : length < DAY ? two(length, HOUR, 'h', MINUTE, 'min')
        : two(length, DAY, 'd', HOUR, 'h');
}

setInterval(() => {
    const now = Date.now() - skew;
    for (const time of document.querySelectorAll('time')) {
        const age = `${duration(Math.max(0, now - Date.parse(time.dateTime)))} ago`;
        if (time.textContent.endsWith(' ago')) {
            time.textContent = age;
        }
        if (time.title.endsWith(' ago')) {
            time.title = time.title.replace(/[^,]*$/, ` ${age}`);
        }
    }
}, 5_000);

// On a phone the doors are a line of which a part is seen.
const door = document.querySelector('.doors [aria-current]');
door?.parentElement.scrollTo({ left: door.offsetLeft - (door.parentElement.clientWidth - door.offsetWidth) / 2 });

/* A row is opened wherever it is clicked, unless something else is meant. */

document.addEventListener('click', event => {
    const row = event.target.closest('main [data-row]');
    const isMeant = event.target.closest('a, button, summary, input, label, select, pre, form');
    if (row && !isMeant && getSelection().isCollapsed) {
        row.querySelector('a')?.click();
    }
});

/* Keys. */

const keys = document.getElementById('keys');
document.getElementById('keys-open').addEventListener('click', () => keys.showModal());

let isGoing = false;

function rows() {
    return [...document.querySelectorAll('main [data-row] a:first-of-type, main a[data-row]')]
        .filter((link, at, all) => all.findIndex(other => other.closest('[data-row]') === link.closest('[data-row]')) === at);
}

function step(by) {
    const all = rows();
    const row = document.activeElement?.closest('[data-row]');
    const at = all.findIndex(link => link.closest('[data-row]') === row);
    all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
}

document.addEventListener('keydown', event => {
    const field = event.target.closest?.('input, textarea, select, [contenteditable]');
    if (event.key === 'Escape' && field) {
        field.blur();
        return;
    }
    if (field || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) {
        return;
    }
    if (isGoing) {
        isGoing = false;
        document.querySelector(`nav.doors [data-key="${CSS.escape(event.key)}"]`)?.click();
        return;
    }
    const does = {
        '/': () => (document.querySelector('main [data-search]') ?? document.getElementById('search')).focus(),
        '?': () => keys.showModal(),
        g: () => {
            isGoing = true;
            setTimeout(() => (isGoing = false), 1_500);
        },
        j: () => step(1),
        k: () => step(-1),
    }[event.key];
    if (does) {
        event.preventDefault();
        does();
    }
});
