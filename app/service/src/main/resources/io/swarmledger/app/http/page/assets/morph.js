/**
 * Makes one element like another without replacing what is the same in both: focus, selection, open details and what a
 * script drew (data-keep) survive. Children are matched by id or data-key, others by their order.
 */
export function morph(from, to) {
    const focused = document.activeElement;
    const { anchorNode, anchorOffset, focusNode, focusOffset, isCollapsed } = getSelection();
    become(from, to);
    // What was moved may have lost both.
    if (focused !== document.activeElement && focused?.isConnected) {
        focused.focus({ preventScroll: true });
    }
    if (!isCollapsed && getSelection().isCollapsed && anchorNode.isConnected && focusNode.isConnected) {
        getSelection().setBaseAndExtent(
            anchorNode, Math.min(anchorOffset, lengthOf(anchorNode)), focusNode, Math.min(focusOffset, lengthOf(focusNode)));
    }
}

const lengthOf = node => node.length ?? node.childNodes.length;

function become(from, to) {
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
    const isGone = node => keyOf(node) && !wanted.has(keyOf(node));
    let next = from.firstChild;
    for (const child of [...to.childNodes]) {
        const key = keyOf(child);
        // What is not there any more makes room, and so do blanks before it: what stays need not be moved then.
        while (next && (isGone(next) || key && isBlank(next))) {
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
            move(from, known, next);
        }
        if (child.nodeType === Node.ELEMENT_NODE) {
            become(known, child);
        } else if (known.data !== child.data) {
            known.data = child.data;
        }
    }
    while (next) {
        next = removed(next);
    }
}

const isBlank = node => node.nodeType === Node.TEXT_NODE && !node.data.trim();

/** Where a browser can, a node keeps its focus and its scroll as it moves. */
function move(parent, node, next) {
    if (parent.moveBefore) {
        parent.moveBefore(node, next);
    } else {
        parent.insertBefore(node, next);
    }
}

function removed(node) {
    const next = node.nextSibling;
    node.remove();
    return next;
}
