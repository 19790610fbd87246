/**
 * Makes one element like another without replacing what is the same in both: focus, selection, open details and what a
 * script drew (data-keep) survive. Children are matched by id or data-key, others by their order.
 */
export function morph(from, to) {
    if (from.isEqualNode(to)) {
        return;
    }
    attributes(from, to);
    if (!from.hasAttribute('data-keep')) {
        children(from, to);
    }
}

const kept = new Map([['DETAILS', ['open']], ['DIALOG', ['open']], ['INPUT', ['value', 'checked']], ['OPTION', ['selected']]]);

function attributes(from, to) {
    const own = kept.get(from.tagName) ?? [];
    for (const { name, value } of to.attributes) {
        if (!own.includes(name) && from.getAttribute(name) !== value) {
            from.setAttribute(name, value);
        }
    }
    for (const { name } of [...from.attributes]) {
        if (!own.includes(name) && !to.hasAttribute(name)) {
            from.removeAttribute(name);
        }
    }
}

const keyOf = node => node.nodeType === Node.ELEMENT_NODE ? node.id || node.dataset.key : undefined;

function isAlike(one, other) {
    return one.nodeType === other.nodeType && one.nodeName === other.nodeName && keyOf(one) === keyOf(other);
}

function children(from, to) {
    const keyed = new Map();
    for (const child of from.children) {
        if (keyOf(child)) {
            keyed.set(keyOf(child), child);
        }
    }
    const wanted = new Set([...to.children].map(keyOf).filter(Boolean));
    let next = from.firstChild;
    for (const child of [...to.childNodes]) {
        const key = keyOf(child);
        // What is not there any more makes room, so that what stays need not be moved: moving takes the focus away.
        while (next && keyOf(next) && keyOf(next) !== key && !wanted.has(keyOf(next))) {
            next = removed(next);
        }
        const known = key ? keyed.get(key) : next && isAlike(next, child) ? next : null;
        if (!known || known.nodeName !== child.nodeName) {
            from.insertBefore(document.importNode(child, true), next);
            continue;
        }
        if (known === next) {
            next = next.nextSibling;
        } else {
            from.insertBefore(known, next);
        }
        if (child.nodeType === Node.ELEMENT_NODE) {
            morph(known, child);
        } else if (known.data !== child.data) {
            known.data = child.data;
        }
    }
    while (next) {
        next = removed(next);
    }
}

function removed(node) {
    const next = node.nextSibling;
    node.remove();
    return next;
}
