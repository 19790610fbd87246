/** A run: a lane an agent, drawn as far as it is looked at; what is pointed at is the moment that is told beneath. */
import { base } from './base.js';
import './later.js';
import { keepRange } from './range.js';
import { notify } from './send.js';
import { written } from './zone.js';

const SVG = 'http://www.w3.org/2000/svg';
const NAME = 16;
const ROW = 15;
const CALLS = 16;
const PAD = 5;
const AXIS = 26;
const BINS = 400;

function node(name, attributes, ...children) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) {
        if (value !== null && value !== undefined) {
            made.setAttribute(key, value);
        }
    }
    made.append(...children);
    return made;
}

function duration(length) {
    for (const [unit, size] of [['d', 86_400_000], ['h', 3_600_000], ['min', 60_000], ['s', 1_000]]) {
        if (length >= size) {
            return `${(length / size).toFixed(length < 10 * size ? 1 : 0)} ${unit}`;
        }
    }
    return `${Math.round(length)} ms`;
}

const diamond = (x, y, size) => `M${x} ${y - size}l${size} ${size}l${-size} ${size}l${-size} ${-size}z`;

/** Lanes in a box; of the whole page only what is asked of it. */
class Lanes {
    constructor(box, { onChoose, onSeen, parting }) {
        this.box = box;
        this.onChoose = onChoose;
        this.onSeen = onSeen;
        this.parting = parting;
        this.data = null;
        this.seen = null;
        this.cursor = null;
        this.chain = null;
        this.asked = 0;
        this.listen();
    }

    /* Where times are drawn. */

    place(time) {
        const stretches = this.data.stretches;
        let found = stretches[0];
        for (const one of stretches) {
            if (one[0] <= time) {
                found = one;
            }
        }
        const [from, to, at, until] = found;
        return to > from ? at + Math.min(1, Math.max(0, (time - from) / (to - from))) * (until - at) : at;
    }

    timeAt(place) {
        const stretches = this.data.stretches;
        const found = stretches.find(one => one[3] >= place) ?? stretches[stretches.length - 1];
        const [from, to, at, until] = found;
        return from + Math.min(1, Math.max(0, (place - at) / (until - at))) * (to - from);
    }

    get whole() {
        const stretches = this.data.stretches;
        return [stretches[0][2], stretches[stretches.length - 1][3]];
    }

    x(time) {
        return this.xOf(this.place(time));
    }

    xOf(place) {
        const [from, to] = this.seen;
        return (place - from) / (to - from) * this.width;
    }

    /* What is drawn comes from the service, as much of it as can be seen. */

    async fetch() {
        const asked = ++this.asked;
        const { swarm, order, lane, like } = this.box.dataset;
        const query = new URLSearchParams({ swarmId: swarm, bins: BINS });
        for (const [name, value] of Object.entries({ order, lane, like })) {
            if (value) {
                query.set(name, value);
            }
        }
        const ends = this.seen && !this.isWhole() ? { after: this.timeAt(this.seen[0]), before: this.timeAt(this.seen[1]) }
            : this.seen ? {} : this.range;
        for (const [name, time] of Object.entries(ends)) {
            query.set(name, time);
        }
        try {
            const answer = await fetch(`${base}/run/lanes?${query}`);
            if (!answer.ok) {
                throw new Error(answer.status);
            }
            const data = await answer.json();
            if (asked === this.asked) {
                this.take(data);
            }
        } catch {
            if (this.data) {
                notify('The lanes could not be brought up to date', true);
            } else {
                this.cannotBeDrawn();
            }
        }
    }

    cannotBeDrawn() {
        const said = document.createElement('p');
        said.className = 'bad wait';
        said.setAttribute('role', 'alert');
        const again = document.createElement('button');
        again.textContent = 'Try again';
        again.onclick = () => {
            said.replaceChildren('Reading what happened in it …');
            this.fetch();
        };
        said.append('It cannot be drawn: the service gave no answer. ', again);
        this.box.replaceChildren(said);
        this.box.removeAttribute('aria-busy');
    }

    take(data) {
        this.box.removeAttribute('aria-busy');
        const wasWhole = !this.seen || this.isWhole();
        this.data = data;
        const { after, before } = this.seen ? {} : this.range;
        const [first, last] = this.whole;
        const ranged = [after ? this.place(Number(after)) : first, before ? this.place(Number(before)) : last];
        if ((after || before) && ranged[1] > ranged[0]) {
            this.seen = ranged;
        } else if (after || before) {
            // It is of another time than the run.
            this.seen = [...this.whole];
            this.fetch();
        } else if (wasWhole) {
            this.seen = [...this.whole];
        }
        this.draw();
    }

    /** That of the page, which need not have two ends. */
    get range() {
        const { after, before } = this.box.dataset;
        return Object.fromEntries(Object.entries({ after, before }).filter(([, time]) => time));
    }

    isWhole() {
        const [from, to] = this.whole;
        return this.seen[0] <= from && this.seen[1] >= to;
    }

    /** Shows from one place to another: at once as far as it is known, and then as it is. */
    show(from, to) {
        const [first, last] = this.whole;
        const length = Math.min(last - first, Math.max(1, to - from));
        const start = Math.min(last - length, Math.max(first, from));
        this.seen = [start, start + length];
        this.draw();
        clearTimeout(this.due);
        this.due = setTimeout(() => this.fetch(), 60);
        this.onSeen?.(this.isWhole() ? null : [this.timeAt(this.seen[0]), this.timeAt(this.seen[1])]);
    }

    zoom(factor, around = null) {
        const [from, to] = this.seen;
        const cursor = this.cursor && this.place(this.cursor.at);
        const middle = around ?? (cursor >= from && cursor <= to && cursor !== null ? cursor : (from + to) / 2);
        this.show(middle - (middle - from) * factor, middle + (to - middle) * factor);
    }

    pan(share) {
        const by = (this.seen[1] - this.seen[0]) * share;
        this.show(this.seen[0] + by, this.seen[1] + by);
    }

    all() {
        this.show(...this.whole);
    }

    /** Has that time in sight. */
    reveal(time) {
        const place = this.place(time);
        const [from, to] = this.seen;
        if (place < from || place > to) {
            this.show(place - (to - from) / 2, place + (to - from) / 2);
        }
    }

    /* Drawing. */

    draw() {
        if (!this.data) {
            return;
        }
        this.width = this.box.clientWidth;
        this.tops = new Map();
        const svg = node('svg', { 'aria-hidden': 'true', class: 'lanes' });
        let y = 4;
        const gaps = node('g', {});
        const parts = [gaps];
        for (const lane of this.data.lanes) {
            const height = this.lane(lane, y, parts);
            this.tops.set(lane.id, y + NAME + ROW / 2);
            y += height;
            parts.push(node('path', { d: `M0 ${y - 2}H${this.width}`, class: 'rule' }));
        }
        this.height = y + 2;
        this.gaps(gaps);
        this.over = node('g', {});
        svg.setAttribute('height', this.height);
        svg.append(...parts, this.over);
        this.box.replaceChildren(this.axis(), svg);
        this.svg = svg;
        this.overlay();
        const said = this.box.dataset.said && document.getElementById(this.box.dataset.said);
        if (said) {
            const each = this.data.isEach;
            const column = duration((this.data.before - this.data.after) / this.data.bins);
            said.textContent = each ? `all ${this.data.things.toLocaleString('en')} things in sight, each by itself`
                : `${this.data.things.toLocaleString('en')} things in sight, counted in ${this.data.bins} columns of about ${column}: zoom in to see each`;
        }
        this.box.dataset.drawn = this.data.isEach ? 'each' : 'bins';
    }

    axis() {
        const svg = node('svg', { class: 'axis', height: AXIS, 'aria-hidden': 'true' });
        const count = Math.max(2, Math.floor(this.width / 130));
        const length = this.timeAt(this.seen[1]) - this.timeAt(this.seen[0]);
        let last = '';
        for (let i = 0; i < count; i++) {
            const time = this.timeAt(this.seen[0] + (this.seen[1] - this.seen[0]) * i / count);
            const text = written(time);
            const day = text.slice(0, 10);
            const clock = length < 10_000 ? text.slice(11, 23) : text.slice(11, 19);
            const x = i * this.width / count;
            svg.append(node('path', { d: `M${x} 18v8`, class: 'rule' }),
                node('text', { x: x + 3, y: 14, class: 'faint' }, day === last ? clock : `${day.slice(5)} ${clock}`));
            last = day;
        }
        return svg;
    }

    gaps(group) {
        for (const [from, to, at, until, isGap] of this.data.stretches) {
            const left = this.xOf(at);
            const right = this.xOf(until);
            if (isGap && right > 0 && left < this.width) {
                const gap = node('g', {}, node('title', {}, `Nothing for ${duration(to - from)}: drawn short`),
                    node('rect', { x: left, y: 0, width: Math.max(2, right - left), height: this.height, class: 'gap' }),
                    node('path', { d: `M${left} 0V${this.height}M${right} 0V${this.height}`, class: 'gap-edge' }));
                if (right - left > 46) {
                    gap.append(node('text', { x: (left + right) / 2, y: 12, class: 'faint', 'text-anchor': 'middle' }, duration(to - from)));
                }
                group.append(gap);
            }
        }
    }

    /** Draws one, and answers how high it is. */
    lane(lane, y, parts) {
        const name = node('text', { x: 6, y: y + 11 });
        name.append(node('tspan', { class: 'lane-name' }, lane.name), node('tspan', { class: 'faint', dx: 8, fill: 'currentColor' }, lane.about));
        const group = node('g', {});
        const rows = lane.work.length ? this.work(lane.work, y + NAME, group) : 1;
        const below = y + NAME + rows * ROW;
        if (lane.bins.length) {
            this.bins(lane.bins, y + NAME, group);
        } else {
            this.calls(lane.calls, below, group);
            this.marks(lane.marks, below, group);
        }
        parts.push(name, group);
        return NAME + rows * ROW + CALLS + PAD;
    }

    work(all, y, group) {
        const free = [];
        const waits = group.appendChild(node('g', {}));
        for (const one of [...all].sort((a, b) => (a.waited ?? a.from) - (b.waited ?? b.from))) {
            let row = free.findIndex(until => until <= one.from);
            if (row < 0) {
                row = free.length < 4 ? free.push(0) - 1 : 3;
            }
            free[row] = Math.max(free[row], one.to);
            this.bar(one, y + row * ROW, group, waits);
        }
        return Math.max(1, free.length);
    }

    bar(one, y, group, waits) {
        const left = this.x(one.from);
        const right = this.x(one.to);
        const words = [`${one.id} ${one.title}`, `${one.outcome}${one.attempt > 1 ? `, attempt ${one.attempt}` : ''}`,
            `worked ${duration(one.to - one.from)}${one.waited === null ? '' : `, waited ${duration(Math.max(0, one.from - one.waited))}`}`, one.said];
        const made = node('g', { 'data-p': one.position, 'data-at': one.outcome === 'in-progress' ? one.from : one.to, 'data-task': one.id },
            node('title', {}, words.filter(Boolean).join('\n')));
        if (one.waited !== null && one.waited < one.from) {
            const from = Math.max(-5, this.x(one.waited));
            waits.append(node('rect', { x: from, y: y + 5, width: Math.max(0, Math.min(this.width + 5, left) - from), height: 4, class: 'wait-line' }));
        }
        if (right >= 0 && left <= this.width) {
            const [from, to] = [Math.max(-5, left), Math.min(this.width + 5, right)];
            const isChosen = this.cursor && this.cursor.position === one.position;
            made.append(node('rect', { x: from, y: y + 1, width: Math.max(1.5, to - from), height: ROW - 4, rx: 2, class: `work ${one.outcome}${isChosen ? ' chosen' : ''}` }));
            const fits = Math.floor((to - from - 16) / 6.2);
            const isFilled = !['waiting', 'blocked'].includes(one.outcome);
            if (fits > 4) {
                const shown = [one.attempt > 1 && `${one.attempt}.`, one.said || one.title || one.id].filter(Boolean).join(' ');
                made.append(node('text', { x: Math.max(from, 0) + 4, y: y + 10, class: isFilled ? 'on-work' : 'faint' }, shown.length > fits ? `${shown.slice(0, fits)}…` : shown));
            }
            if (one.outcome === 'failed') {
                made.append(node('path', { d: diamond(right, y + 6.5, 6), class: 'failed' }));
            } else if (one.outcome === 'completed') {
                made.append(node('rect', { x: right - 1, y: y - 1, width: 2.5, height: ROW - 1, class: 'done' }));
            }
        }
        group.append(made);
    }

    calls(all, y, group) {
        for (const one of all) {
            const left = this.x(one.from);
            const right = this.x(one.to);
            if (right < -8 || left > this.width + 8) {
                continue;
            }
            const made = node('g', { 'data-p': one.position, 'data-at': one.to },
                node('title', {}, [`${one.what}${one.failed ? ', failed' : ''}, ${duration(one.to - one.from)}`, one.said].filter(Boolean).join('\n')),
                node('rect', { x: left, y: y + (one.model ? 8 : 1), width: Math.max(2, right - left), height: 6, class: one.model ? 'model' : 'tool' }));
            if (one.failed) {
                made.append(node('path', { d: diamond(right, y + (one.model ? 11 : 4), 4), class: 'failed' }));
            }
            group.append(made);
        }
    }

    marks(all, y, group) {
        for (const one of all) {
            const x = this.x(one.at);
            if (x >= -8 && x <= this.width + 8) {
                group.append(node('g', { 'data-p': one.position, 'data-at': one.at }, node('title', {}, [one.type, one.said].filter(Boolean).join('\n')),
                    one.failed ? node('path', { d: diamond(x, y - ROW / 2, 7), class: 'failed' }) : node('circle', { cx: x, cy: y + 7, r: 3.5, class: 'said-mark' })));
            }
        }
    }

    bins(all, y, group) {
        const first = this.place(this.data.after);
        const step = (this.place(this.data.before) - first) / this.data.bins;
        let [busy, waiting, calls, failed, said] = ['', '', '', '', ''];
        const most = Math.max(1, ...all.map(bin => bin[4]));
        for (const [at, busyShare, waitingShare, , callCount, failures, messages] of all) {
            const left = this.xOf(first + at * step);
            const width = Math.max(.5, this.xOf(first + (at + 1) * step) - left);
            if (left > this.width || left + width < 0) {
                continue;
            }
            const tall = busyShare && Math.max(4, busyShare / 100 * (ROW - 3));
            busy += tall ? `M${left.toFixed(1)} ${(y + ROW - 3 - tall).toFixed(1)}h${width.toFixed(1)}v${tall.toFixed(1)}h${-width.toFixed(1)}z` : '';
            waiting += waitingShare ? `M${left.toFixed(1)} ${y + 6}h${width.toFixed(1)}v3h${-width.toFixed(1)}z` : '';
            const high = callCount && 3 + 11 * Math.log1p(callCount) / Math.log1p(most);
            calls += high ? `M${left.toFixed(1)} ${y + ROW + 15}h${width.toFixed(1)}v${-high.toFixed(1)}h${-width.toFixed(1)}z` : '';
            failed += failures ? diamond((left + width / 2).toFixed(1) * 1, y + 6, 4 + Math.min(3, Math.log2(failures))) : '';
            said += messages ? `M${(left + width / 2).toFixed(1)} ${y + ROW}v3` : '';
        }
        group.append(node('path', { d: waiting, class: 'wait-line' }), node('path', { d: busy, class: 'work' }), node('path', { d: calls, class: 'tool' }),
            node('path', { d: said, class: 'said-mark' }), node('path', { d: failed, class: 'failed' }));
    }

    /** The cursor, what led there, and where runs part. */
    overlay() {
        if (!this.over) {
            return;
        }
        this.over.replaceChildren();
        const line = (time, kind) => {
            const x = this.x(time);
            if (x >= -1 && x <= this.width + 1) {
                this.over.append(node('path', { d: `M${x} 0V${this.height}`, class: kind }));
            }
        };
        if (this.cursor) {
            line(this.cursor.at, 'cursor');
        }
        const parting = this.parting();
        if (parting) {
            line(Number(parting), 'parting');
        }
        const end = step => [this.x(step.at), this.tops.get(step.agent)];
        for (const { from, to, via } of this.chain ?? []) {
            const [[x, y], [toX, toY]] = [end(from), end(to)];
            if (y !== undefined && toY !== undefined) {
                const bend = Math.max(12, Math.abs(toX - x) / 3);
                this.over.append(node('path', { d: `M${x} ${y}C${x + bend} ${y} ${toX - bend} ${toY} ${toX} ${toY}`, class: `chain ${via}` },
                    node('title', {}, `${from.type} led to ${to.type}: ${via}`)));
            }
        }
        const ends = new Map((this.chain ?? []).flatMap(({ from, to }) => [from, to]).map(step => [step.position, step]));
        for (const step of ends.values()) {
            const [x, y] = end(step);
            if (y !== undefined && x >= -5 && x <= this.width + 5) {
                this.over.append(node('g', { 'data-p': step.position, 'data-at': step.at }, node('title', {}, [step.type, step.said].filter(Boolean).join('\n')),
                    step.failed ? node('path', { d: diamond(x, y, 7), class: 'failed' }) : node('circle', { cx: x, cy: y, r: 4, class: 'chain-end' })));
            }
        }
    }

    choose(position, at, agent = null) {
        this.cursor = { position, at };
        this.chain = null;
        this.reveal(at);
        this.draw();
        const y = this.tops.get(agent);
        if (y !== undefined) {
            // What is told of the moment covers the lower part of the screen.
            const top = this.svg.getBoundingClientRect().top + y;
            if (top < 110 || top > innerHeight * .5) {
                scrollBy({ top: top - innerHeight * .3 });
            }
        } else if (agent !== null) {
            notify(`Its lane is on another page of lanes: ${agent}`);
        }
    }

    /* Pointers: a drag chooses what to zoom into; the wheel and fingers are the page's, but for Ctrl and the wheel. */

    listen() {
        const { box } = this;
        let from = null;
        let brush = null;
        const within = event => event.clientX - box.getBoundingClientRect().left;
        const placeAt = x => this.seen[0] + Math.min(1, Math.max(0, x / this.width)) * (this.seen[1] - this.seen[0]);
        box.classList.add('brushable');
        box.addEventListener('pointerdown', event => {
            if (event.button === 0 && event.pointerType === 'mouse' && this.data) {
                from = within(event);
            }
        });
        addEventListener('pointermove', event => {
            if (from === null || Math.abs(within(event) - from) < 5) {
                return;
            }
            brush ??= this.over.appendChild(node('rect', { y: 0, height: this.height, class: 'brush' }));
            const x = Math.min(this.width, Math.max(0, within(event)));
            brush.setAttribute('x', Math.min(x, from));
            brush.setAttribute('width', Math.abs(x - from));
        });
        addEventListener('pointerup', event => {
            if (from !== null && brush) {
                const [one, other] = [placeAt(from), placeAt(within(event))];
                this.brushed = true;
                this.show(Math.min(one, other), Math.max(one, other));
            }
            from = brush = null;
        });
        box.addEventListener('click', event => {
            if (this.brushed || !this.data) {
                this.brushed = false;
                return;
            }
            const thing = event.target.closest('[data-p]');
            if (thing) {
                this.onChoose(Number(thing.dataset.p), Number(thing.dataset.at), thing.dataset.task);
            } else if (event.target.closest('svg')) {
                this.onChoose(null, this.timeAt(placeAt(within(event))));
            }
        });
        box.addEventListener('wheel', event => {
            if (event.ctrlKey && this.data) {
                event.preventDefault();
                this.zoom(event.deltaY > 0 ? 1.25 : .8, placeAt(within(event)));
            }
        }, { passive: false });
        let width = box.clientWidth;
        new ResizeObserver(() => {
            if (box.clientWidth !== width) {
                width = box.clientWidth;
                this.draw();
            }
        }).observe(box);
        document.addEventListener('ledger:fresh', () => this.fetch());
    }
}

const box = document.getElementById('lanes');
if (box) {
    start();
}

function start() {
    box.dataset.said = 'run-said';
    const moment = document.getElementById('moment');
    const read = document.getElementById('run-part').dataset;
    const first = new Lanes(box, { onChoose: (position, at) => choose(first, position, at), onSeen: seen, parting: () => read.parting });
    const besideBox = document.getElementById('lanes-beside');
    const second = besideBox && new Lanes(besideBox, { onChoose: (position, at) => choose(second, position, at), parting: () => read.partingBeside });
    /** The lanes that were used last. */
    let lanes = first;

    /** What is looked at is in the address. */
    function remember(changes) {
        const query = new URLSearchParams(location.search);
        for (const [name, value] of Object.entries(changes)) {
            if (value === null) {
                query.delete(name);
            } else {
                query.set(name, value);
            }
        }
        history.replaceState(null, '', `${base}/run?${query}`);
    }

    function seen(times) {
        keepRange(...(times ?? []));
        if (second?.data) {
            second.show(...first.seen);
        }
    }

    async function ask(path, more, swarm = lanes.box.dataset.swarm) {
        const answer = await fetch(`${base}${path}?${new URLSearchParams({ swarmId: swarm, ...more })}`);
        if (!answer.ok) {
            throw new Error(answer.status);
        }
        return answer;
    }

    /** Without a position it is the last event until then. */
    async function choose(where, position, at, agent) {
        lanes = where;
        try {
            if (position === null) {
                const [step] = await (await ask('/run/step', { which: 'until', at })).json();
                if (!step) {
                    return;
                }
                position = step.position;
            }
            lanes.choose(position, at, agent);
            if (lanes === first) {
                remember({ position });
            }
            await Promise.all([tell(), chain(), second && match()]);
        } catch {
            notify('That moment cannot be shown: the service gave no answer', true);
        }
    }

    async function tell() {
        const query = new URLSearchParams(location.search);
        const more = { position: lanes.cursor.position };
        if (query.get('pin')) {
            more.pin = query.get('pin');
        }
        const wanted = lanes.cursor.position;
        const text = await (await ask('/run/moment', more)).text();
        if (lanes.cursor.position === wanted) {
            moment.replaceChildren(document.createRange().createContextualFragment(text));
        }
    }

    async function chain() {
        const wanted = lanes.cursor.position;
        const found = await (await ask('/run/chain', { position: wanted })).json();
        if (lanes.cursor.position === wanted) {
            lanes.chain = found.links;
            lanes.overlay();
            box.dataset.chain = found.links.length;
            const said = document.getElementById('chain-said');
            if (said) {
                said.textContent = found.links.length === 0 && found.elsewhere === 0 ? '' : `${found.links.length} steps of its causes and consequences are drawn over the lanes`
                    + (found.elsewhere ? `, ${found.elsewhere} are of no agent, in another swarm or not known` : '') + (found.isWhole ? '.' : '; there are more.');
            }
        }
    }

    /** The other run shows what became of the same task there. */
    async function match() {
        const other = lanes === first ? second : first;
        const [step] = await (await ask('/run/match', { position: lanes.cursor.position, beside: other.box.dataset.swarm })).json();
        if (step && other.data) {
            other.choose(step.position, step.at);
            other.box.dataset.matched = step.position;
        }
    }

    async function beside(which) {
        const more = lanes.cursor ? { position: lanes.cursor.position } : {};
        try {
            const [step] = await (await ask('/run/step', { which, ...more })).json();
            if (step) {
                await choose(lanes, step.position, step.at, step.agent ?? undefined);
            } else {
                notify(`There is no ${which.replace('-', ' ').replace(/^(next|previous)$/, '$1 event')}`);
            }
        } catch {
            notify('The service gave no answer', true);
        }
    }

    const does = {
        in: () => lanes.zoom(.5),
        out: () => lanes.zoom(2),
        whole: () => lanes.all(),
        earlier: () => lanes.pan(-.25),
        later: () => lanes.pan(.25),
        'next-failure': () => beside('next-failure'),
        'previous-failure': () => beside('previous-failure'),
        pin: () => { remember({ pin: lanes.cursor.position }); tell(); },
        unpin: () => { remember({ pin: null }); tell(); },
    };

    document.addEventListener('click', event => {
        const button = event.target.closest('[data-do]');
        const link = event.target.closest('a[data-cursor]');
        if (button && (lanes.data || button.closest('#moment'))) {
            if (button.closest('.tools')) {
                lanes = first;
            }
            does[button.dataset.do]?.();
        } else if (link && !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
            event.preventDefault();
            choose(first, Number(link.dataset.position), Number(link.dataset.at), link.dataset.agent);
            box.focus({ preventScroll: true });
            box.scrollIntoView({ block: 'nearest' });
        }
    });

    function pressed(event) {
        lanes = event.currentTarget === box ? first : second;
        if (event.ctrlKey || event.metaKey || event.altKey || !lanes.data) {
            return;
        }
        const act = {
            '+': does.in, '=': does.in, '-': does.out, 0: does.whole, n: does['next-failure'], p: does['previous-failure'],
            ArrowLeft: () => (event.shiftKey ? does.earlier() : beside('previous')),
            ArrowRight: () => (event.shiftKey ? does.later() : beside('next')),
            Home: () => lanes.show(lanes.whole[0], lanes.whole[0] + lanes.seen[1] - lanes.seen[0]),
            End: () => lanes.show(lanes.whole[1] - lanes.seen[1] + lanes.seen[0], lanes.whole[1]),
        }[event.key];
        if (act) {
            event.preventDefault();
            act();
        }
    }

    box.addEventListener('keydown', pressed);
    besideBox?.addEventListener('keydown', pressed);

    /** The moment that the address says, unless another one was chosen meanwhile. */
    async function begin() {
        const position = Number(box.dataset.position);
        if (!position || first.cursor) {
            return;
        }
        try {
            const [step] = await (await ask('/run/step', { which: 'until', position })).json();
            if (!first.cursor) {
                first.cursor = { position, at: step ? step.at : NaN };
                first.draw();
                await Promise.all([tell(), chain()]);
            }
        } catch {
            moment.firstElementChild.textContent = 'That moment cannot be shown: the service gave no answer.';
        }
    }

    second?.fetch();
    first.fetch().then(begin);
}
