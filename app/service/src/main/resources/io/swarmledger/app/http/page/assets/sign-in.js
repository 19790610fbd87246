import { base } from './base.js';
const form = document.getElementById('sign-in');
const problem = document.getElementById('problem');

form.addEventListener('submit', async event => {
    event.preventDefault();
    problem.textContent = '';
    const token = document.getElementById('token').value.trim();
    try {
        const answer = await fetch(`${base}/api/session`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
        if (answer.ok) {
            location.replace(location.pathname === `${base}/sign-in` ? `${base}/` : location.href);
        } else {
            problem.textContent = answer.status === 401
                ? 'This is no token of this ledger, or one that was revoked.'
                : (await answer.json()).detail;
        }
    } catch (failure) {
        problem.textContent = 'The service cannot be reached.';
    }
});
