/** The range in the bar of the page: a stretch that is chosen in a chart is what its fields say. */
const form = document.getElementById('range');
const NAMES = ['after', 'before'];

/** Its ends, epoch milliseconds, by their names; of an end that it has not nothing. */
export const ends = () => Object.fromEntries(
    NAMES.filter(name => form.dataset[name]).map(name => [name, Date.parse(form.dataset[name])]));

/** Outwards, to what is exact enough for so long a stretch: what is at its ends is within. */
function texts(from, to) {
    const unit = to - from < 10_000 ? 1 : to - from < 3_600_000 ? 1_000 : 60_000;
    return [Math.floor((from - 1) / unit) * unit, Math.ceil((to + 1) / unit) * unit].map(time => new Date(time).toISOString());
}

/** Shows the page of that time, epoch milliseconds. */
export function setRange(from, to) {
    texts(from, to).forEach((text, at) => (form.elements[NAMES[at]].value = text));
    form.requestSubmit();
}

/** Has the address and the bar say that time, and leads to other pages with it, while this one stays; without one it is any time. */
export function keepRange(from, to) {
    const kept = from === undefined ? ['', ''] : texts(from, to);
    const say = address => {
        kept.forEach((text, at) => (text ? address.searchParams.set(NAMES[at], text) : address.searchParams.delete(NAMES[at])));
        return address;
    };
    // The search beside it goes on with the same.
    kept.forEach((text, at) => form.querySelectorAll(`[name=${NAMES[at]}]`).forEach(field => (field.value = text)));
    document.querySelectorAll('.doors a').forEach(door => (door.href = say(new URL(door.href))));
    history.replaceState(null, '', say(new URL(location)));
}

/**
 * Has a drag of the mouse over a chart set the range.
 *
 * @param timeAt the time at so many pixels from the left of the element
 * @param isMeant whether it begins with that event
 */
export function brushing(element, timeAt, isMeant) {
    let from = null;
    let band = null;
    const within = event => event.clientX - element.getBoundingClientRect().left;
    element.addEventListener('pointerdown', event => {
        if (event.button === 0 && event.pointerType === 'mouse' && isMeant(event)) {
            from = within(event);
            event.preventDefault();
        }
    });
    addEventListener('pointermove', event => {
        if (from === null || !band && Math.abs(within(event) - from) < 5) {
            return;
        }
        if (!band) {
            band = document.createElement('div');
            band.className = 'brushed';
            element.append(band);
        }
        const x = Math.min(element.clientWidth, Math.max(0, within(event)));
        band.style.left = `${Math.min(x, from)}px`;
        band.style.width = `${Math.abs(x - from)}px`;
    });
    const leave = () => {
        band?.remove();
        from = band = null;
    };
    addEventListener('pointerup', event => {
        if (band) {
            const times = [timeAt(from), timeAt(within(event))];
            setRange(Math.min(...times), Math.max(...times));
        }
        leave();
    });
    addEventListener('keydown', event => event.key === 'Escape' && leave());
}
