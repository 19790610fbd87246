/** The live end of the log: it can be held still, and then tells how many events have come that it does not show. */
import { base } from './base.js';
import { onEvent, pause, refreshSoon } from './live.js';
import { ends } from './range.js';

const EVERY = 1_000;
const button = document.getElementById('pause');
const more = document.getElementById('new');
const isTail = document.getElementById('tail').dataset.isTail === 'true';
const READING = 120;
let heldAt = null;
let timer = null;
/** Held for a reader who has scrolled, until the top is seen again. */
let isOfScroll = false;

function hold() {
    heldAt = Number(document.querySelector('#events tr[data-key]')?.dataset.key ?? 0);
    pause(true);
    button.setAttribute('aria-pressed', 'true');
    button.textContent = 'Paused';
}

function goOn() {
    heldAt = null;
    isOfScroll = false;
    more.hidden = true;
    button.setAttribute('aria-pressed', 'false');
    button.textContent = 'Pause';
    pause(false);
    refreshSoon();
}

/** As many as the filters of the page let through. */
async function count() {
    timer = null;
    const asked = new URLSearchParams(location.search);
    ['q', 'event', 'order', 'cursor', 'limit', 'after', 'before', 'afterPosition'].forEach(name => asked.delete(name));
    Object.entries(ends()).forEach(([name, time]) => asked.set(name, time));
    asked.set('afterPosition', heldAt);
    asked.set('limit', '1');
    const answer = await fetch(`${base}/api/events?${asked}`);
    if (answer.ok && heldAt !== null) {
        const page = await answer.json();
        more.hidden = page.total === 0;
        more.textContent = `${page.totalIsExact ? '' : 'more than '}${page.total.toLocaleString('en').replaceAll(',', '\u2009')} new`;
    }
}

if (isTail) {
    button.addEventListener('click', () => (heldAt === null ? hold() : goOn()));
    more.addEventListener('click', goOn);
    addEventListener('scroll', () => {
        if (heldAt === null && scrollY > READING) {
            hold();
            isOfScroll = true;
        } else if (isOfScroll && scrollY === 0) {
            goOn();
        }
    }, { passive: true });
    more.addEventListener('click', () => scrollTo(0, 0));
    onEvent(() => {
        if (heldAt !== null) {
            timer ??= setTimeout(count, EVERY);
        }
    });
} else {
    // What is shown does not change: new events are at the other end.
    document.getElementById('events').removeAttribute('data-live');
}
