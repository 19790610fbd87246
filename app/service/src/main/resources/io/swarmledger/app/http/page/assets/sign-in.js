import { base } from './base.js';
const form = document.getElementById('sign-in');
const problem = document.getElementById('problem');
const NOT_KNOWN = 'The token you typed is no token of this ledger, or one that was revoked.';

form.addEventListener('submit', async event => {
    event.preventDefault();
    problem.textContent = '';
    const token = document.getElementById('token').value.trim();
    if (!/^[\x21-\x7e]+$/.test(token)) {
        // No header can carry it: nothing would be sent.
        problem.textContent = NOT_KNOWN;
        return;
    }
    try {
        const answer = await fetch(`${base}/api/session`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
        if (answer.ok) {
            location.replace(location.pathname === `${base}/sign-in` ? `${base}/` : location.href);
        } else {
            problem.textContent = answer.status === 401
                ? NOT_KNOWN
                : (await answer.json()).detail;
        }
    } catch (failure) {
        problem.textContent = 'The service cannot be reached.';
    }
});
