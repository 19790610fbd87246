/** The chart of events over time; it has failures as marks beneath it. */
import { colour, drawing } from './chart.js';
import { setRange } from './range.js';
import { written } from './zone.js';

const place = document.getElementById('throughput');
const HEIGHT = 170;
const STRIP = 10;
let chart = null;
let drawn = null;

/** As fine as the steps are. */
function times(plot, splits, axis, space, step) {
    return splits.map(split => {
        const iso = written(split * 1000);
        return step < 1 ? iso.slice(14, 23) : step < 60 ? iso.slice(11, 19) : step < 86_400 ? iso.slice(11, 16) : step < 200 * 86_400 ? iso.slice(5, 10) : iso.slice(0, 7);
    });
}

function failuresBeneath(buckets, tone) {
    return {
        hooks: {
            draw: plot => {
                const { ctx, bbox } = plot;
                const most = Math.max(1, ...buckets.map(bucket => bucket.failures));
                const ratio = devicePixelRatio;
                ctx.save();
                ctx.fillStyle = tone;
                for (const bucket of buckets) {
                    if (bucket.failures) {
                        const x = plot.valToPos(bucket.start / 1000, 'x', true);
                        const size = STRIP * ratio * (0.45 + 0.55 * bucket.failures / most);
                        ctx.fillRect(x - ratio, bbox.top + bbox.height + 2 * ratio, 2.5 * ratio, size);
                    }
                }
                ctx.restore();
            },
        },
    };
}

function draw() {
    if (!place.dataset.activity) {
        return;
    }
    const buckets = JSON.parse(place.dataset.activity);
    const theme = getComputedStyle(document.body).color;
    const key = `${place.dataset.activity}${theme}${place.clientWidth}`;
    if (key === drawn) {
        return;
    }
    drawn = key;
    chart?.destroy();
    chart = null;
    if (!buckets.length) {
        place.textContent = 'No event is of this range.';
        return;
    }
    place.textContent = '';
    const line = colour('accent');
    const axis = { stroke: colour('faint'), grid: { stroke: colour('line'), width: 1 }, ticks: { show: false }, font: '11px system-ui' };
    const data = [buckets.map(bucket => bucket.start / 1000), buckets.map(bucket => bucket.events)];
    chart = new uPlot({
        width: place.clientWidth - 28,
        height: HEIGHT,
        legend: { show: false },
        cursor: { y: false, points: { size: 6 }, drag: { x: true, y: false } },
        scales: { y: { range: (plot, low, high) => [0, Math.max(1, high)] } },
        axes: [{ ...axis, gap: STRIP + 6, size: 36, space: 90, values: times }, { ...axis, size: 46, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5] }],
        series: [{}, {
            stroke: line,
            fill: colour('accent-ground'),
            width: 1.5,
            points: { show: false },
            paths: uPlot.paths.stepped({ align: 1 }),
        }],
        plugins: [failuresBeneath(buckets, colour('bad'))],
        hooks: {
            setSelect: [plot => {
                if (plot.select.width > 4) {
                    const { left, width } = plot.select;
                    setRange(plot.posToVal(left, 'x') * 1000, plot.posToVal(left + width, 'x') * 1000);
                }
            }],
        },
    }, data, place);
}

// A swarm of which nothing was heard has none.
if (place) {
    drawing(place, draw);
}
