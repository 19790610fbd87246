/**
 * What of a page has to be counted is fetched when the rest is there: <main data-later-from> says from where, the regions
 * [data-later] wait for it. Later it follows the ledger as all live regions do, but less often.
 */
import './live.js';

const EVERY = 3_000;
const main = document.querySelector('main[data-later-from]');
let isFetching = false;
let hasCome = false;
let lastFetch = 0;
let timer = null;

async function fetchLater() {
    timer = null;
    isFetching = true;
    hasCome = false;
    try {
        await htmx.ajax('GET', main.dataset.laterFrom, { target: 'body', swap: 'live' });
    } catch {
        // Told below: what waits for it still does.
    } finally {
        isFetching = false;
        lastFetch = Date.now();
    }
    tell(document.querySelectorAll('[data-later]'));
}

/** Regions that still wait say so, once, and can be asked for again. */
function tell(waiting) {
    document.getElementById('not-counted')?.remove();
    waiting.forEach(region => region.removeAttribute('aria-busy'));
    if (hasCome && !waiting.length) {
        return;
    }
    // What said that all is well says nothing of now.
    document.querySelectorAll('[data-calm]').forEach(calm => calm.remove());
    const banner = document.createElement('p');
    banner.id = 'not-counted';
    banner.className = 'banner bad';
    banner.setAttribute('role', 'alert');
    const shape = document.createElement('i');
    shape.className = 'shape diamond';
    const words = document.createElement('span');
    words.textContent = 'What has to be counted for this page could not be fetched; the rest of it holds.';
    const again = document.createElement('button');
    again.textContent = 'Try again';
    again.onclick = () => {
        waiting.forEach(region => region.setAttribute('aria-busy', 'true'));
        fetchLater();
    };
    banner.append(shape, words, again);
    main.prepend(banner);
}

if (main) {
    document.addEventListener('ledger:fresh', () => {
        // What it fetched itself is no reason to fetch it again.
        if (isFetching) {
            hasCome = true;
        } else {
            timer ??= setTimeout(fetchLater, Math.max(0, lastFetch + EVERY - Date.now()));
        }
    });
    fetchLater();
}
