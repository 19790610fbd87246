/** What charts share: the theme's colours, and drawing anew when they change. */

/** The value of a custom property of the style sheet, as a colour that a canvas takes. */
export function colour(name) {
    const probe = document.createElement('i');
    probe.className = `probe-${name}`;
    document.body.append(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
}

/** Draws now, when the theme changes, when the element's width does, and when the page was fetched again. */
export function drawing(element, draw) {
    let width = 0;
    new ResizeObserver(() => {
        if (element.clientWidth !== width) {
            width = element.clientWidth;
            draw();
        }
    }).observe(element);
    document.addEventListener('ledger:theme', draw);
    document.addEventListener('ledger:fresh', draw);
}
