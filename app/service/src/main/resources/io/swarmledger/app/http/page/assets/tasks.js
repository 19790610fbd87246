/** Draws the tasks of the table: what went on when, a lane for each agent, or what depends on what. */
import { base } from './base.js';
import * as echarts from '../webjars/echarts/dist/echarts.esm.min.js';
import { brushing, ends } from './range.js';
import { notify } from './send.js';
import { written, zone } from './zone.js';

const box = document.getElementById('drawing');
if (box) {
    start();
}

function start() {
    const ROW = 20;
    const NOBODY = 'nobody yet';
    const CLIPPED = 460;
    const isTouched = matchMedia('(pointer: coarse)').matches;
    let chart = null;
    let drawn = null;

    function colour(name) {
        const probe = document.createElement('i');
        probe.style.color = `var(${name})`;
        box.append(probe);
        const value = getComputedStyle(probe).color;
        probe.remove();
        return value;
    }

    const colours = () => Object.fromEntries(
        ['text', 'faint', 'line', 'line-strong', 'surface', 'sunken', 'good', 'task', 'warn', 'bad'].map(name => [name, colour(`--${name}`)]));

    const clock = time => written(time).slice(11);

    /** Of the axis: as fine as what is seen of it is long. */
    function tick(time, whole) {
        const { start = 0, end = 100 } = chart.getOption()?.dataZoom?.[0] ?? {};
        const seen = whole * (end - start) / 100;
        const text = written(time);
        return seen < 10_000 ? text.slice(14) : seen < 600_000 ? text.slice(11, 19)
            : seen < 2 * 86_400_000 ? text.slice(11, 16) : text.slice(5, 16).replace('T', ' ');
    }

    function duration(length) {
        for (const [unit, size] of [['d', 86_400_000], ['h', 3_600_000], ['min', 60_000], ['s', 1_000]]) {
            if (length >= size) {
                return `${(length / size).toFixed(1)} ${unit}`;
            }
        }
        return `${Math.round(length)} ms`;
    }

    /* Time: what overlaps in a lane lies in rows of its own. */

    function rowsOf(tasks, end) {
        const lanes = new Map();
        for (const task of tasks) {
            let parts = [];
            // What waits is in the lane of whoever takes it later.
            let agent = NOBODY;
            for (const span of [...task.spans].reverse()) {
                agent = span.agent || agent;
                parts.unshift({ ...span, agent, task, end: span.to ?? Math.max(end, span.from) });
            }
            const byAgent = new Map();
            for (const part of parts) {
                (byAgent.get(part.agent) ?? byAgent.set(part.agent, []).get(part.agent)).push(part);
            }
            byAgent.forEach((own, who) => {
                const from = Math.min(...own.map(part => part.from));
                const to = Math.max(...own.map(part => part.end));
                (lanes.get(who) ?? lanes.set(who, []).get(who)).push({ own, from, to });
            });
        }
        const rows = [];
        const named = [...lanes.keys()].sort((one, other) =>
            (one === NOBODY) - (other === NOBODY) || one.localeCompare(other, 'en', { numeric: true }));
        for (const agent of named) {
            const free = [];
            for (const { own, from, to } of lanes.get(agent).sort((one, other) => one.from - other.from)) {
                let row = free.findIndex(until => until <= from);
                if (row < 0) {
                    row = free.push(0) - 1;
                    rows.push({ name: row === 0 ? agent : '', parts: [] });
                }
                free[row] = to;
                rows[rows.length - free.length + row].parts.push(...own);
            }
        }
        return rows;
    }

    function hatch(stroke) {
        const tile = document.createElement('canvas');
        tile.width = tile.height = 6;
        const ctx = tile.getContext('2d');
        ctx.strokeStyle = stroke;
        ctx.lineWidth = 1.4;
        ctx.beginPath();
        ctx.moveTo(0, 6); ctx.lineTo(6, 0);
        ctx.moveTo(-1, 1); ctx.lineTo(1, -1);
        ctx.moveTo(5, 7); ctx.lineTo(7, 5);
        ctx.stroke();
        return { image: tile, repeat: 'repeat' };
    }

    function timeline({ tasks, end }) {
        const look = colours();
        const pattern = hatch(look.warn);
        const rows = rowsOf(tasks, end ?? 0);
        const parts = rows.flatMap((row, at) => row.parts.map(part => ({ value: [part.from, part.end, at], part })));
        const { after = -Infinity, before = Infinity } = ends();
        const first = Math.max(after, Math.min(...parts.map(({ part }) => part.from)));
        const last = Math.max(first + 1, Math.min(before, Math.max(...parts.map(({ part }) => part.end))));
        const narrow = box.clientWidth < 600;
        const height = Math.max(4, rows.length) * ROW;
        resize(height + 74);
        clip(rows.filter(row => row.name !== '').length, height + 74);
        const shapes = (params, api) => {
            const { part } = parts[params.dataIndex];
            const [left, middle] = api.coord([part.from, api.value(2)]);
            const [right] = api.coord([part.end, api.value(2)]);
            const tall = ROW - 7;
            const top = middle - tall / 2;
            const width = Math.max(1, right - left);
            const area = params.coordSys;
            const bar = style => {
                const shape = echarts.graphic.clipRectByRect({ x: left, y: top, width, height: tall }, area);
                return shape && { type: 'rect', shape, style };
            };
            const isSeen = x => x >= area.x - 1 && x <= area.x + area.width + 1;
            const children = [];
            const add = shape => shape && children.push(shape);
            switch (part.status) {
                case 'in-progress':
                    add(bar({ fill: look.task }));
                    if (part.attempt > 1 && isSeen(left)) {
                        add({ type: 'polygon', shape: { points: [[left, top], [left + 7, top], [left, top + 7]] }, style: { fill: look.surface } });
                        if (width > 16) {
                            add({ type: 'text', style: { text: String(part.attempt), x: left + 8, y: middle, fill: look.surface, font: '600 10px system-ui', verticalAlign: 'middle' } });
                        } else {
                            add({ type: 'text', style: { text: String(part.attempt), x: left - 2, y: middle, fill: look.warn, font: '600 10px system-ui', verticalAlign: 'middle', align: 'right' } });
                        }
                    }
                    break;
                case 'queued':
                    add(bar({ fill: look.task, opacity: .35 }));
                    break;
                case 'blocked':
                    add(bar({ fill: pattern, stroke: look.warn, lineWidth: 1 }));
                    break;
                case 'failed':
                    add(line(left, right, middle, area, look.bad, [2, 3]));
                    if (isSeen(left)) {
                        add({ type: 'rect', shape: { x: left - 1.5, y: top - 2, width: 3, height: tall + 4 }, style: { fill: look.bad } });
                        add({ type: 'polygon', shape: { points: [[left, middle - 6], [left + 6, middle], [left, middle + 6], [left - 6, middle]] }, style: { fill: look.bad, stroke: look.surface, lineWidth: 1 } });
                    }
                    break;
                case 'completed':
                    if (isSeen(left)) {
                        add({ type: 'rect', shape: { x: left - 1, y: top - 2, width: 3, height: tall + 4 }, style: { fill: look.good } });
                    }
                    break;
                default:
                    add(line(left, right, middle, area, look['line-strong'], [1, 3]));
            }
            return { type: 'group', children };
        };
        paint({
            animation: false,
            useUTC: zone === 'UTC',
            grid: { left: narrow ? 84 : 150, right: 18, top: 62, height },
            xAxis: {
                type: 'time', position: 'top', min: first, max: Math.min(before, last + (last - first) * .01),
                axisLabel: { color: look.faint, fontSize: 11, hideOverlap: true, formatter: value => tick(value, last - first) }, axisLine: { lineStyle: { color: look['line-strong'] } },
                splitLine: { show: true, lineStyle: { color: look.line } },
            },
            yAxis: {
                type: 'category', inverse: true, data: rows.map((row, at) => String(at)),
                axisTick: { show: false }, axisLine: { show: false },
                axisLabel: { color: look.text, fontSize: 11, interval: 0, width: narrow ? 74 : 136, overflow: 'truncate', formatter: value => rows[value].name },
                splitLine: { show: true, interval: at => at > 0 && rows[at]?.name !== '', lineStyle: { color: look.line } },
            },
            dataZoom: [
                { type: 'slider', height: 18, top: 8, brushSelect: false, showDataShadow: false, labelFormatter: value => clock(value), textStyle: { color: look.faint, fontSize: 10 }, borderColor: look.line, filterMode: 'weakFilter' },
                // With a finger the page is scrolled, also where it begins on the drawing.
                { type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false, moveOnMouseMove: isTouched ? false : 'shift', preventDefaultMouseMove: !isTouched, filterMode: 'weakFilter' },
            ],
            tooltip: tooltip(look, ({ dataIndex }) => {
                const { part } = parts[dataIndex];
                return [
                    `${part.task.id}  ${part.task.title}`,
                    `${part.status === 'in-progress' ? 'running' : part.status}${part.attempt > 0 ? `, attempt ${part.attempt}` : ''}${part.agent === NOBODY ? '' : `, ${part.agent}`}`,
                    part.status === 'completed' ? clock(part.from)
                        : `${clock(part.from)} to ${part.to === null ? 'now' : clock(part.to)}: ${duration(part.end - part.from)}`,
                ];
            }),
            series: [{ type: 'custom', renderItem: shapes, encode: { x: [0, 1], y: 2 }, data: parts.map(({ value }) => ({ value })), clip: true }],
        }, ({ dataIndex }) => parts[dataIndex]?.part.href);
    }

    function line(left, right, y, area, stroke, lineDash) {
        const from = Math.max(left, area.x);
        const to = Math.min(right, area.x + area.width);
        return to > from && { type: 'line', shape: { x1: from, y1: y, x2: to, y2: y }, style: { stroke, lineDash, lineWidth: 1.5 } };
    }

    const tooltip = (look, lines) => ({
        renderMode: 'richText', confine: true, backgroundColor: look.surface, borderColor: look['line-strong'], padding: 8,
        textStyle: { color: look.text, fontSize: 12 },
        // Braces would be taken for its own markup.
        formatter: item => lines(item).filter(Boolean).join('\n').replace(/[{}|]/g, ' '),
    });

    /* Dependencies: each thing is to the right of all that it needs. */

    function levelsOf(nodes, edges) {
        const before = nodes.map(() => []);
        edges.forEach(([from, to]) => before[to].push(from));
        const level = nodes.map(() => 0);
        // As often as there can be steps in a row; a circle ends there too.
        for (let round = 0, changed = true; changed && round < Math.min(nodes.length, 60); round++) {
            changed = false;
            for (const [from, to] of edges) {
                if (level[to] < level[from] + 1 && level[from] + 1 < 60) {
                    level[to] = level[from] + 1;
                    changed = true;
                }
            }
        }
        const columns = [];
        level.forEach((at, node) => (columns[at] ??= []).push(node));
        const y = nodes.map((node, at) => at);
        const sorted = columns.filter(Boolean);
        for (const column of sorted) {
            const wish = new Map(column.map(node => [node, before[node].length
                ? before[node].reduce((sum, other) => sum + y[other], 0) / before[node].length : y[node]]));
            column.sort((one, other) => wish.get(one) - wish.get(other));
            column.forEach((node, at) => (y[node] = (at + .5) / column.length));
        }
        return sorted;
    }

    const SYMBOLS = {
        completed: ['circle', 'good'], 'in-progress': ['path://M0 0L10 5L0 10Z', 'task'], failed: ['diamond', 'bad'],
        blocked: ['rect', 'warn'], queued: ['emptyCircle', 'task'], pending: ['emptyCircle', 'faint'], elsewhere: ['emptyRect', 'faint'],
    };

    function graph({ nodes, edges }) {
        const look = colours();
        const linked = new Set(edges.flatMap(([from, to]) => [from, to]));
        const shown = nodes.map((node, at) => at).filter(at => linked.has(at));
        if (!shown.length) {
            say('None of these tasks depends on another.');
            return;
        }
        const columns = levelsOf(nodes, edges).map(column => column.filter(node => linked.has(node))).filter(column => column.length);
        const place = new Map();
        const most = Math.max(...columns.map(column => column.length));
        const height = Math.min(900, Math.max(160, most * 30 + 40));
        const [across, down] = [box.clientWidth - 24 - 150, height - 32];
        columns.forEach((column, at) => column.forEach((node, row) => place.set(node, [
            columns.length === 1 ? 0 : at * across / (columns.length - 1), (row + .5) * down / column.length])));
        resize(height);
        paint({
            animation: false,
            tooltip: tooltip(look, ({ dataType, data }) => dataType === 'edge'
                ? [`${nodes[edges[data.at][1]].id} ${edges[data.at][2] ? 'is blocked by' : 'needs'} ${nodes[edges[data.at][0]].id}`]
                : [nodes[data.at]?.id, nodes[data.at]?.title, nodes[data.at]?.status]),
            series: [{
                type: 'graph', layout: 'none', roam: 'move', left: 24, right: 150, top: 16, bottom: 16,
                edgeSymbol: ['none', 'arrow'], edgeSymbolSize: 7,
                // Two that are not seen hold the corners, so that nothing is stretched.
                data: [[0, 0], [across, down]].map(([x, y]) => ({ name: `corner ${x}`, x, y, symbolSize: 0, tooltip: { show: false }, silent: true })).concat(shown.map(at => {
                    const [symbol, tone] = SYMBOLS[nodes[at].status] ?? SYMBOLS.pending;
                    return {
                        at, id: String(at), name: String(at), x: place.get(at)[0], y: place.get(at)[1], symbol, symbolSize: 12,
                        itemStyle: { color: look[tone], borderColor: look[tone], borderWidth: symbol.startsWith('empty') ? 2 : 0 },
                        label: { show: true, position: 'right', color: look.text, fontSize: 11, formatter: () => nodes[at].id },
                    };
                })),
                edges: edges.map(([from, to, isBlocking], at) => ({
                    at, source: String(from), target: String(to),
                    lineStyle: { color: isBlocking ? look.warn : look['line-strong'], type: isBlocking ? 'dashed' : 'solid', width: isBlocking ? 2 : 1.2, curveness: .08, opacity: 1 },
                })),
                emphasis: { focus: 'adjacency' },
            }],
        }, ({ dataType, data }) => (dataType === 'node' ? nodes[data.at]?.href : null));
    }

    /* The canvas. */

    function say(words) {
        chart?.dispose();
        chart = null;
        box.style.height = '';
        const text = document.createElement('p');
        text.className = 'faint wait';
        text.textContent = words;
        box.replaceChildren(text);
    }

    /** A tall drawing keeps nobody from the table beneath it, unless all of it is asked for. */
    function clip(lanes, height) {
        const frame = document.getElementById('drawing-frame');
        const more = document.getElementById('drawing-more');
        const isTall = height > CLIPPED + ROW;
        frame.classList.toggle('clipped', isTall && more.dataset.all !== 'true');
        more.hidden = !isTall;
        const button = more.firstElementChild;
        button.textContent = more.dataset.all === 'true' ? 'Fewer lanes' : `All ${lanes} lanes`;
        button.onclick = () => {
            more.dataset.all = String(more.dataset.all !== 'true');
            clip(lanes, height);
        };
    }

    function resize(height) {
        box.style.height = `${height}px`;
    }

    function paint(options, addressOf) {
        if (!chart) {
            box.replaceChildren();
            chart = echarts.init(box, null, { renderer: 'canvas', useDirtyRect: false });
        } else {
            chart.resize();
        }
        const zoom = chart.getOption()?.dataZoom?.[0];
        if (zoom && options.dataZoom) {
            options.dataZoom.forEach(one => Object.assign(one, { start: zoom.start, end: zoom.end }));
        }
        chart.setOption(options, true);
        chart.off('click');
        chart.on('click', item => {
            const address = addressOf(item);
            if (address) {
                location.assign(base + address);
            }
        });
        box.dataset.drawn = box.dataset.view;
    }

    function draw() {
        if (drawn) {
            (box.dataset.view === 'graph' ? graph : timeline)(drawn);
        }
    }

    async function fetchAnew() {
        try {
            const answer = await fetch(`${base}/tasks/chart${location.search}`);
            if (!answer.ok) {
                throw new Error(answer.status);
            }
            drawn = await answer.json();
            document.getElementById('drawing-cut').hidden = drawn.isWhole;
            draw();
        } catch (failure) {
            if (!drawn) {
                say('It cannot be drawn: the service gave no answer. The table has the same tasks.');
            } else {
                notify('The drawing could not be brought up to date', true);
            }
        }
    }

    const isOnPlot = ({ clientX, clientY }) => {
        const { left, top } = box.getBoundingClientRect();
        return chart?.containPixel('grid', [clientX - left, clientY - top]);
    };
    brushing(box, x => chart.convertFromPixel({ xAxisIndex: 0 }, x),
        event => box.dataset.drawn === 'timeline' && !event.shiftKey && isOnPlot(event));
    document.addEventListener('ledger:theme', draw);
    document.addEventListener('ledger:fresh', fetchAnew);
    let width = box.clientWidth;
    new ResizeObserver(() => {
        if (box.clientWidth !== width) {
            width = box.clientWidth;
            draw();
        }
    }).observe(box);
    fetchAnew();
}
