/** Times as the rest of the page shows them: in the zone of document.body's data-zone. */
export const zone = document.body.dataset.zone;

const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    fractionalSecondDigits: 3, hourCycle: 'h23',
});

/** As Date's toISOString, of that zone and without its name: 2026-01-04T09:00:00.000. */
export function written(time) {
    if (zone === 'UTC') {
        return new Date(time).toISOString().slice(0, -1);
    }
    const part = Object.fromEntries(parts.formatToParts(new Date(time)).map(({ type, value }) => [type, value]));
    return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}.${part.fractionalSecond}`;
}

/** The time that is written so in that zone, epoch milliseconds; NaN if none is. */
export function read(text) {
    const guess = Date.parse(`${text}Z`);
    if (Number.isNaN(guess)) {
        return guess;
    }
    const ahead = time => Date.parse(`${written(time)}Z`) - time;
    // Twice: where the clocks are set between the guess and the time, the first is an hour off.
    return guess - ahead(guess - ahead(guess));
}

/* The button goes from UTC to the browser's own zone, to ages, and back. */
const button = document.getElementById('times');
button?.addEventListener('click', () => {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const shown = button.textContent.trim();
    const next = shown === 'ago' ? 'UTC' : zone === 'UTC' && own !== 'UTC' ? own : 'relative';
    // A cookie's value has no slash.
    document.cookie = `swarm-ledger-times=${next.replaceAll('/', '.')}; path=/; max-age=31536000; samesite=strict`;
    location.reload();
});
