/**
 * Times as people type them, in fields with data-time: 10m, 2h 30m, 5 min or 3d ago as pages tell ages, now, today or yesterday 14:00, 14:00,
 * 2026-01-04, 2026-01-04 10:00, epoch milliseconds, and whatever the API takes. In the zone that the page shows times in.
 * What cannot be read is said at the field, and nothing is sent.
 */
import { read, written, zone } from './zone.js';

const UNITS = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };
const SAYS = 'Write 10m, yesterday 14:00, 2026-01-04 10:00 (' + zone + '), or epoch milliseconds';

const day = millis => written(millis).slice(0, 10);
const iso = millis => (Number.isNaN(millis) ? null : new Date(millis).toISOString());

/** The same time as the API takes it; null if it is none. */
export function timeOf(typed, now = Date.now()) {
    const text = typed.trim().toLowerCase();
    const ago = /^(?:\d+(?:\.\d+)? ?(?:ms|min|[smhd]) ?)+(?:ago)?$/.test(text);
    if (ago) {
        const parts = [...text.matchAll(/(\d+(?:\.\d+)?) ?(ms|min|[smhd])/g)];
        return new Date(now - parts.reduce((sum, [, number, unit]) => sum + number * UNITS[unit], 0)).toISOString();
    }
    if (text === 'now') {
        return new Date(now).toISOString();
    }
    const [, named, clock] = text.match(/^(today|yesterday)?(?: ?(\d{1,2}:\d{2}(?::\d{2})?))?$/) ?? [];
    if (named || clock) {
        const padded = clock?.indexOf(':') === 1 ? `0${clock}` : clock;
        return iso(read(`${day(named === 'yesterday' ? now - UNITS.d : now)}T${padded ?? '00:00'}`));
    }
    const [, date, time, said] = text.match(/^(\d{4}-\d{2}-\d{2})(?:[t ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))? ?(z|utc|[+-]\d{2}:\d{2})?$/) ?? [];
    if (date) {
        const at = `${date}T${time ?? '00:00'}`;
        return iso(said ? Date.parse(`${at}${said === 'utc' ? 'Z' : said.toUpperCase()}`) : read(at));
    }
    return /^-?\d+(?:\.\d+)?$/.test(text) ? text : null;
}

document.addEventListener('input', event => {
    if (event.target.matches('[data-time]')) {
        event.target.setCustomValidity('');
    }
});

// Before the form is sent its fields are checked: what is typed is read by then.
document.addEventListener('change', event => {
    const field = event.target;
    if (field.matches('[data-time]') && field.value.trim() !== '') {
        const time = timeOf(field.value);
        field.setCustomValidity(time === null ? SAYS : '');
        if (time !== null) {
            field.value = time;
        }
        field.reportValidity();
    }
});
