/**
 * What a button or a form does to the ledger: data-send says with which request ("POST /api/..."), data-sure what to ask
 * first, data-done what to say afterwards, data-not-done ("field: words") what to say where the answer has that field: it
 * was done and did not help. A form's fields are its JSON body; with data-event they are an event of that type, and data-of
 * says whose.
 */
import { base } from './base.js';
import { refreshSoon } from './live.js';

const notices = document.getElementById('notices');
let session = null;

/** Tells the reader something; it goes by itself unless it is a failure. */
export function notify(text, isFailure = false) {
    const notice = document.createElement('p');
    notice.className = isFailure ? 'notice bad' : 'notice good';
    const shape = document.createElement('i');
    shape.className = `shape ${isFailure ? 'diamond' : 'circle'}`;
    const words = document.createElement('span');
    words.textContent = text;
    const close = document.createElement('button');
    close.className = 'plain';
    close.textContent = 'Close';
    close.onclick = () => notice.remove();
    notice.append(shape, words, close);
    notices.append(notice);
    if (!isFailure) {
        setTimeout(() => notice.remove(), 6_000);
    }
}

/** Sends a request that changes something, and tells how it went; answers what was answered, false if it was refused. */
export async function send(method, path, body) {
    try {
        session ??= await (await fetch(`${base}/api/session`)).json();
        const headers = { [session.csrfHeader]: session.csrfToken };
        if (body !== undefined) {
            headers['Content-Type'] = 'application/json';
        }
        const answer = await fetch(base + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
        if (answer.ok) {
            return answer.status === 204 ? {} : await answer.json().catch(() => ({}));
        }
        session = null;
        notify(await problemOf(answer), true);
    } catch {
        notify('The service cannot be reached.', true);
    }
    return false;
}

async function problemOf(answer) {
    if (answer.status === 401) {
        // What it says is meant for programs, which send a header.
        return 'You are signed in no more: load the page again to sign in.';
    }
    try {
        const problem = await answer.json();
        return problem.detail ?? problem.title;
    } catch {
        return `The service answered ${answer.status}.`;
    }
}

/** An event of what a form says: who has it recorded, and why, go beside its payload. */
function eventOf({ event, of }, { by, note, ...payload }) {
    const metadata = { by, note };
    return {
        type: event,
        aggregateId: of ?? payload.agentId,
        payload,
        metadata: Object.fromEntries(Object.entries(metadata).filter(([, said]) => said)),
    };
}

function isSure(element) {
    if (!element.dataset.sure) {
        return Promise.resolve(true);
    }
    const dialog = document.getElementById('sure');
    document.getElementById('sure-why').textContent = element.dataset.sure;
    document.getElementById('sure-yes').textContent = element.dataset.sureYes ?? element.textContent.trim();
    dialog.returnValue = '';
    dialog.showModal();
    return new Promise(decided =>
        dialog.addEventListener('close', () => decided(dialog.returnValue === 'yes'), { once: true }));
}

async function act(element, body) {
    if (!(await isSure(element))) {
        return;
    }
    const [method, path] = element.dataset.send.split(' ');
    element.setAttribute('aria-busy', 'true');
    const answer = await send(method, path, body);
    if (answer) {
        const [unless, why] = element.dataset.notDone?.split(': ') ?? [];
        if (unless && answer[unless]) {
            notify(`${why}: ${answer[unless]}`, true);
        } else if (element.dataset.done) {
            notify(element.dataset.done);
        }
        if (element.tagName === 'FORM') {
            element.reset();
        }
        refreshSoon();
    }
    element.removeAttribute('aria-busy');
}

document.addEventListener('click', event => {
    const button = event.target.closest('button[data-send]');
    if (button) {
        event.preventDefault();
        act(button);
    }
});

document.addEventListener('submit', event => {
    const form = event.target;
    if (form.dataset.send) {
        event.preventDefault();
        const fields = Object.fromEntries(new FormData(form));
        act(form, form.dataset.event ? eventOf(form.dataset, fields) : fields);
    } else if (form.method === 'get') {
        leaveOutWhatIsEmpty(form);
    }
});

/** What was not filled in is no part of the page's address. */
function leaveOutWhatIsEmpty(form) {
    const empty = [...form.elements].filter(field => field.name && field.value === '' && !field.disabled);
    empty.forEach(field => (field.disabled = true));
    setTimeout(() => empty.forEach(field => (field.disabled = false)));
}
