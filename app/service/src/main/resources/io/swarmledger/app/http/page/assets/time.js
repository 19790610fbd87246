/** The time machine: a scrubber over the events' density, steps, playing. What a moment was like comes from the server. */
import { base } from './base.js';
import uPlot from '../webjars/uplot/dist/uPlot.esm.js';
import { morph } from './morph.js';
import { brushing } from './range.js';
import { notify } from './send.js';
import { written, zone } from './zone.js';

const scrubber = document.getElementById('scrubber');
if (scrubber) {
    start();
}

function start() {
    const scrub = document.getElementById('scrub');
    const playhead = document.getElementById('playhead');
    const pinhead = document.getElementById('pinhead');
    const density = document.getElementById('density');
    let activity = null;
    let drawn = null;
    let chart = null;

    const moment = () => document.getElementById('moment').dataset;
    const position = () => Number(moment().position);
    const head = () => Number(moment().head);

    /* Moving: while one moment is on its way only the last wish behind it counts. */

    let wanted = null;
    let isMoving = false;
    let isRefused = false;
    let isDragging = false;

    htmx.defineExtension('moment', {
        isInlineSwap: style => style === 'moment',
        handleSwap: (style, target, fragment) => {
            if (style !== 'moment') {
                return false;
            }
            const fresh = fragment.querySelector('#moment');
            if (fresh) {
                morph(document.getElementById('moment'), fresh);
            }
            return [];
        },
    });
    htmx.process(scrubber.parentElement);

    function go(change, { since, remember = false } = {}) {
        wanted = { change, since, remember };
        return isMoving ? Promise.resolve() : move();
    }

    async function move() {
        isMoving = true;
        try {
            while (wanted) {
                const { change, since, remember } = wanted;
                wanted = null;
                const query = new URLSearchParams(location.search);
                ['since', 'at', 'position'].forEach(name => query.delete(name));
                change(query);
                const asked = new URLSearchParams(query);
                if (since !== undefined) {
                    asked.set('since', since);
                }
                isRefused = false;
                await htmx.ajax('GET', `${base}/time/moment?${asked}`, { source: scrubber, target: '#moment', swap: 'moment' });
                if (!isRefused) {
                    if (query.has('at')) {
                        query.delete('at');
                        query.set('position', position());
                    }
                    remembered(query, remember);
                }
                arrived();
            }
        } catch {
            stop();
            notify('That moment cannot be shown: the service cannot be reached.', true);
        } finally {
            isMoving = false;
        }
    }

    /** Pages of lists are of one moment. */
    const turned = change => query => {
        ['cursor', 'changes'].forEach(name => query.delete(name));
        change(query);
    };
    const to = target => turned(query => target === null ? query.delete('position') : query.set('position', target));
    const toTime = time => turned(query => query.set('at', time));

    /** As an address of this page says. */
    const toAddress = address => query => {
        [...query.keys()].forEach(name => query.delete(name));
        new URLSearchParams(address).forEach((value, name) => query.set(name, value));
    };

    let address = null;
    let addressDue = null;

    /** Browsers let an address change only so often. */
    function remembered(query, remember) {
        const text = query.toString();
        address = `${base}/time${text && '?'}${text}`;
        clearTimeout(addressDue);
        if (remember) {
            history.pushState(null, '', address);
        } else {
            addressDue = setTimeout(() => history.replaceState(null, '', address), 120);
        }
    }

    addEventListener('popstate', () => {
        stop();
        go(toAddress(location.search));
    });

    document.addEventListener('htmx:responseError', event => {
        if (event.detail.elt === scrubber) {
            isRefused = true;
            stop();
            notify(`That moment cannot be shown: the service answered ${event.detail.xhr.status}.`, true);
        }
    });

    function arrived() {
        const now = moment();
        scrub.setAttribute('aria-valuemax', now.head);
        scrub.setAttribute('aria-valuenow', now.position);
        scrub.setAttribute('aria-valuetext', document.querySelector('#moment .at').textContent);
        place();
        for (const cards of document.querySelectorAll('.cards')) {
            const lit = cards.querySelector('.lit');
            if (lit && (lit.offsetTop < cards.scrollTop + cards.offsetTop
                || lit.offsetTop + lit.offsetHeight > cards.offsetTop + cards.scrollTop + cards.clientHeight)) {
                cards.scrollTop = lit.offsetTop - cards.offsetTop - 40;
            }
        }
    }

    /* The chart. */

    const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

    /** The value of a custom property as a colour that a canvas takes. */
    function colour(name) {
        const probe = document.createElement('i');
        probe.style.color = `var(${name})`;
        document.body.append(probe);
        const value = getComputedStyle(probe).color;
        probe.remove();
        return value || css(name);
    }

    /** It comes behind the page, and again when there are new events. */
    function drawFresh() {
        if (density.dataset.activity && density.dataset.activity !== drawn && !isDragging) {
            drawn = density.dataset.activity;
            activity = JSON.parse(drawn);
            draw();
        }
    }

    function draw() {
        if (!activity) {
            return;
        }
        const buckets = activity.buckets;
        const data = [
            buckets.map(bucket => bucket.start),
            buckets.map(bucket => bucket.events),
        ];
        const colours = {
            bar: colour('--task'), bad: colour('--bad'), swarm: colour('--swarm'), good: colour('--good'),
            faint: colour('--faint'), line: colour('--line'),
        };
        chart?.destroy();
        chart = new uPlot({
            width: density.clientWidth,
            height: 132,
            ms: 1,
            padding: [14, 9, 0, 9],
            legend: { show: false },
            cursor: { show: false },
            select: { show: false },
            tzDate: time => uPlot.tzDate(new Date(time), zone),
            scales: {
                x: { time: true, range: [activity.from, Math.max(activity.to, activity.from + activity.bucketMillis)] },
                y: { range: (plot, low, high) => [0, Math.max(1, high) * 1.05] },
            },
            axes: [
                { stroke: colours.faint, size: 24, gap: 2, grid: { show: false }, ticks: { stroke: colours.line, size: 4 }, font: '11px system-ui', space: 90, values: (plot, times) => times.map(label) },
                { show: false },
            ],
            series: [
                {},
                { paths: uPlot.paths.bars({ size: [1, Infinity, 1], align: 1, gap: 0 }), fill: colours.bar, stroke: null, width: 0, points: { show: false }, alpha: .5 },
            ],
            hooks: { draw: [plot => { failures(plot, colours); marks(plot, colours); }], ready: [place] },
        }, data, density);
        place();
    }

    /** As exact as the stretch allows. */
    function label(time) {
        const text = written(time);
        const stretch = activity.to - activity.from;
        return stretch < 10_000 ? text.slice(14, 23) : stretch < 86_400_000 ? text.slice(11, 19)
            : stretch < 20 * 86_400_000 ? text.slice(5, 16).replace('T', ' ') : text.slice(0, 10);
    }

    function failures(plot, colours) {
        const { ctx, bbox } = plot;
        const most = Math.max(...activity.buckets.map(bucket => bucket.failures));
        ctx.save();
        ctx.fillStyle = colours.bad;
        for (const bucket of activity.buckets) {
            if (bucket.failures > 0) {
                const left = plot.valToPos(bucket.start, 'x', true);
                const right = plot.valToPos(bucket.start + activity.bucketMillis, 'x', true);
                const height = devicePixelRatio * (4 + 8 * Math.log1p(bucket.failures) / Math.log1p(most));
                ctx.fillRect(left, bbox.top + bbox.height - height, Math.max(2 * devicePixelRatio, right - left), height);
            }
        }
        ctx.restore();
    }

    const LOOKS = {
        'swarm:phase-changed': ['swarm', 'triangle'],
        'swarm:milestone-reached': ['good', 'circle'],
        'swarm:error': ['bad', 'diamond'],
        'swarm:initialized': ['faint', 'square'],
        'swarm:terminated': ['faint', 'square'],
    };

    function marks(plot, colours) {
        const { ctx, bbox } = plot;
        const size = 4.5 * devicePixelRatio;
        const y = bbox.top - 8 * devicePixelRatio;
        const last = {};
        ctx.save();
        for (const mark of activity.marks) {
            const x = plot.valToPos(mark.timestamp, 'x', true);
            if (!(mark.type in LOOKS) || Math.abs(x - (last[mark.type] ?? -1e9)) < size * 1.4) {
                continue;
            }
            last[mark.type] = x;
            const [tone, shape] = LOOKS[mark.type];
            ctx.fillStyle = colours[tone];
            ctx.beginPath();
            if (shape === 'circle') {
                ctx.arc(x, y, size, 0, 2 * Math.PI);
            } else if (shape === 'triangle') {
                ctx.moveTo(x, y - size); ctx.lineTo(x + size, y + size); ctx.lineTo(x - size, y + size);
            } else if (shape === 'diamond') {
                ctx.moveTo(x, y - size * 1.3); ctx.lineTo(x + size * 1.3, y); ctx.lineTo(x, y + size * 1.3); ctx.lineTo(x - size * 1.3, y);
            } else {
                ctx.rect(x - size * .9, y - size * .9, size * 1.8, size * 1.8);
            }
            ctx.closePath();
            ctx.fill();
            ctx.globalAlpha = .35;
            ctx.fillRect(x - .5 * devicePixelRatio, bbox.top, devicePixelRatio, bbox.height);
            ctx.globalAlpha = 1;
        }
        ctx.restore();
    }

    const leftOf = time => chart.over.offsetLeft + Math.min(chart.over.clientWidth, Math.max(0, chart.valToPos(time, 'x')));

    function place() {
        if (!chart) {
            return;
        }
        const { at, pin, pinAt } = moment();
        playhead.style.left = `${leftOf(at === undefined || at === '' ? activity.from : Number(at))}px`;
        pinhead.hidden = pin === undefined;
        if (pin !== undefined) {
            pinhead.style.left = `${leftOf(pinAt ? Number(pinAt) : activity.from)}px`;
        }
    }

    new ResizeObserver(() => {
        const width = density.clientWidth;
        if (chart && width && width !== chart.width) {
            chart.setSize({ width, height: 132 });
            place();
        }
    }).observe(scrub);
    document.addEventListener('ledger:theme', draw);

    /* Dragging. */

    function drag(event) {
        const x = event.clientX - chart.over.getBoundingClientRect().left;
        const within = Math.min(chart.over.clientWidth, Math.max(0, x));
        playhead.style.left = `${chart.over.offsetLeft + within}px`;
        if (within >= chart.over.clientWidth) {
            go(to(null));
        } else {
            go(toTime(chart.posToVal(within, 'x')));
        }
    }

    scrub.addEventListener('pointerdown', event => {
        if (event.button === 0 && chart && !event.shiftKey) {
            stop();
            isDragging = true;
            scrub.setPointerCapture(event.pointerId);
            scrub.focus({ preventScroll: true });
            drag(event);
            event.preventDefault();
        }
    });
    scrub.addEventListener('pointermove', event => isDragging && drag(event));
    for (const end of ['pointerup', 'pointercancel']) {
        scrub.addEventListener(end, () => (isDragging = false));
    }

    brushing(scrub, x => chart.posToVal(x - chart.over.getBoundingClientRect().left + scrub.getBoundingClientRect().left, 'x'),
        event => event.shiftKey && chart !== null);

    /* Links to other moments lead there without leaving the page. */

    document.addEventListener('click', event => {
        const link = event.target.closest('a[data-move]');
        if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) {
            return;
        }
        event.preventDefault();
        if (link.hasAttribute('href')) {
            stop();
            const address = new URL(link.href).search;
            const isMark = link.closest('.marks') !== null;
            // What is pinned and looked at stays so, whatever it was when the marks were listed.
            go(isMark ? to(new URLSearchParams(address).get('position')) : toAddress(address), { remember: true });
        }
    });

    /* Keys. */

    const clamped = target => {
        const goal = Math.min(head(), Math.max(0, target));
        return to(goal >= head() ? null : goal);
    };

    let due = null;

    /** Held down, a key counts on from where it leads, not from what was shown last. */
    function stepBy(by) {
        const from = due !== null && (isMoving || wanted) ? due : position();
        due = Math.min(head(), Math.max(0, from + by));
        go(clamped(due)).then(() => { if (!isMoving) { due = null; } });
    }

    function own(name) {
        const target = moment()[name];
        if (target !== undefined) {
            go(to(Number(target)));
        } else if (!new URLSearchParams(location.search).has('aggregate')) {
            notify('Look at a thing first: its events can be stepped through then');
        }
    }

    document.addEventListener('keydown', event => {
        const target = event.target;
        const isHere = target === document.body || target === scrub || target.closest?.('main') && !target.closest('input, select, textarea, summary');
        if (!isHere || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) {
            return;
        }
        const isOnControl = target.closest?.('a, button');
        const isScrolled = target.closest?.('.cards, .scroll');
        const does = {
            ArrowLeft: () => (event.shiftKey ? own('before') : stepBy(-1)),
            ArrowRight: () => (event.shiftKey ? own('behind') : stepBy(1)),
            ArrowDown: target === scrub && (() => stepBy(-1)),
            ArrowUp: target === scrub && (() => stepBy(1)),
            PageDown: !isScrolled && (() => stepBy(-Math.max(1, Math.round(head() / 50)))),
            PageUp: !isScrolled && (() => stepBy(Math.max(1, Math.round(head() / 50)))),
            Home: !isScrolled && (() => go(to(0))),
            End: !isScrolled && (() => go(to(null))),
            ' ': !isOnControl && !isScrolled && (() => (playing ? stop() : play())),
            p: () => document.getElementById('pin-here')?.click(),
        }[event.key];
        if (does) {
            event.preventDefault();
            if (event.key !== ' ') {
                stop();
            }
            does();
        }
    });

    /* Playing: idle time is skipped, so that there is something to see every second. */

    const button = document.getElementById('play');
    const speed = document.getElementById('speed');
    const played = document.getElementById('played');
    const TICK = 100;
    const IDLE = 1_000;
    let playing = null;

    button.addEventListener('click', () => (playing ? stop() : play()));

    function stop(words = '') {
        if (playing) {
            clearTimeout(playing.timer);
            playing = null;
            button.setAttribute('aria-pressed', 'false');
            button.querySelector('span').textContent = 'Play';
            button.querySelector('.shape').className = 'shape play';
            played.textContent = words;
            if (address) {
                history.replaceState(null, '', address);
            }
        }
    }

    async function play() {
        if (position() >= head()) {
            await go(to(0));
        }
        playing = { steps: [], at: position(), time: null, last: performance.now(), timer: null };
        button.setAttribute('aria-pressed', 'true');
        button.querySelector('span').textContent = 'Pause';
        button.querySelector('.shape').className = 'shape square';
        played.textContent = '';
        tick(playing);
    }

    async function ahead(run) {
        const query = new URLSearchParams({ position: run.at });
        if (scrubber.dataset.swarm) {
            query.set('swarmId', scrubber.dataset.swarm);
        }
        const answer = await fetch(`${base}/time/steps?${query}`);
        if (!answer.ok) {
            throw new Error(answer.status);
        }
        let latest = run.time ?? -Infinity;
        run.steps = (await answer.json()).map(([step, time]) => [step, latest = Math.max(latest, time)]);
    }

    async function tick(run) {
        try {
            if (!run.steps.length) {
                await ahead(run);
            }
        } catch {
            notify('What comes next cannot be fetched', true);
            stop();
            return;
        }
        if (playing !== run) {
            return;
        }
        if (!run.steps.length) {
            stop('at the end');
            return;
        }
        const now = performance.now();
        const rate = Number(speed.value);
        run.time = run.time === null ? run.steps[0][1] : run.time + (now - run.last) * rate;
        run.last = now;
        const gap = run.steps[0][1] - run.time;
        if (gap > IDLE * rate) {
            played.textContent = `skipped ${words(gap)} without events`;
            run.time = run.steps[0][1];
        }
        let reached = null;
        while (run.steps.length && run.steps[0][1] <= run.time) {
            reached = run.steps.shift()[0];
        }
        if (reached !== null) {
            const since = run.at;
            run.at = reached;
            await go(to(reached), { since });
        }
        if (playing === run) {
            run.timer = setTimeout(tick, TICK, run);
        }
    }

    function words(length) {
        for (const [unit, size] of [['days', 86_400_000], ['h', 3_600_000], ['min', 60_000], ['s', 1_000]]) {
            if (length >= size) {
                return `${(length / size).toFixed(length < 10 * size ? 1 : 0)} ${unit}`;
            }
        }
        return `${Math.round(length)} ms`;
    }

    document.addEventListener('ledger:fresh', () => {
        drawFresh();
        arrived();
    });
    drawFresh();
    arrived();
}
