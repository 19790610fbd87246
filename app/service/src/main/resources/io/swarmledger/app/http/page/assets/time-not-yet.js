/** Asks again until the time machine is there, and says meanwhile how far its index is. */
import { morph } from './morph.js';

const AGAIN = 1_000;

async function ask() {
    try {
        const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const fresh = page.getElementById('not-yet');
        if (!fresh) {
            location.reload();
            return;
        }
        morph(document.getElementById('not-yet'), fresh);
    } catch {
        // The service may be starting anew: whether it can be reached is said above.
    }
    setTimeout(ask, AGAIN);
}

setTimeout(ask, AGAIN);
