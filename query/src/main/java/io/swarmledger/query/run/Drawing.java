package io.swarmledger.query.run;

import io.swarmledger.query.run.Lanes.Bin;
import io.swarmledger.query.run.Lanes.Call;
import io.swarmledger.query.run.Lanes.Lane;
import io.swarmledger.query.run.Lanes.Mark;
import io.swarmledger.query.run.Lanes.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is drawn of a part of a run. */
final class Drawing {

    static final String NOBODY = "";
    private static final String WAITING = "waiting";

    private final Run run;
    private final TimeAxis axis;
    private final double after;
    private final double before;

    Drawing(Run run, TimeAxis axis, double after, double before) {
        this.run = run;
        this.axis = axis;
        this.after = after;
        this.before = before;
    }

    Lanes lanes(List<String> agentIds, int bins) {
        Map<String, Lane> lanes = new LinkedHashMap<>();
        agentIds.forEach(
                id -> lanes.put(id, new Lane(id, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), List.of())));
        run.tasks.values().forEach(task -> work(task, lanes));
        run.steps.forEach(step -> steps(step, lanes));
        long things = lanes.values().stream()
                .mapToLong(lane ->
                        lane.work().size() + lane.calls().size() + lane.marks().size())
                .sum();
        boolean isEach = things <= Lanes.MOST;
        return new Lanes(
                after,
                before,
                isEach,
                things,
                axis.stretches(),
                lanes.values().stream()
                        .map(lane -> isEach ? lane : new Bins(bins).of(lane))
                        .toList());
    }

    private boolean isSeen(double from, double to) {
        return to >= after && from <= before;
    }

    private void work(RunTask task, Map<String, Lane> lanes) {
        for (RunTask.Attempt attempt : task.attempts) {
            double ended = attempt.goesOn() ? Math.max(attempt.began(), run.endedAt) : attempt.ended();
            double from = Double.isNaN(attempt.waited()) ? attempt.began() : attempt.waited();
            Lane lane = lanes.get(attempt.agent() == null ? NOBODY : attempt.agent());
            if (lane != null && isSeen(from, ended)) {
                lane.work()
                        .add(new Work(
                                task.id,
                                task.title,
                                attempt.number(),
                                Double.isNaN(attempt.waited()) ? null : Double.valueOf(attempt.waited()),
                                attempt.began(),
                                ended,
                                attempt.outcome(),
                                attempt.from(),
                                attempt.end(),
                                attempt.outcome().equals("failed") ? attempt.said() : null));
            }
        }
        Lane nobody = lanes.get(NOBODY);
        if (nobody != null && task.isWaiting() && isSeen(task.waitsSince, run.endedAt)) {
            nobody.work()
                    .add(new Work(
                            task.id,
                            task.title,
                            0,
                            task.waitsSince,
                            run.endedAt,
                            run.endedAt,
                            task.outcome.equals("blocked") ? "blocked" : WAITING,
                            task.position,
                            0,
                            null));
        }
    }

    private void steps(RunStep step, Map<String, Lane> lanes) {
        Lane lane = step.agent() == null ? null : lanes.get(step.agent());
        if (lane == null || !isSeen(step.began(), step.time())) {
            return;
        }
        if (step.isCall()) {
            lane.calls()
                    .add(new Call(
                            step.position(),
                            step.began(),
                            step.time(),
                            step.type().equals(RunStep.MODEL_CALLED),
                            step.label(),
                            step.isFailure(),
                            step.said()));
        } else if (step.type().equals(RunStep.SAID) || step.isFailure() && step.task() == null) {
            lane.marks().add(new Mark(step.position(), step.time(), step.type(), step.isFailure(), step.said()));
        }
    }

    /** Counts what is in each part of the time that is drawn. */
    private final class Bins {

        private final int count;
        private final double from;
        private final double length;
        private final Map<Integer, double[]> sums = new HashMap<>();

        Bins(int count) {
            this.count = count;
            from = axis.at(after);
            length = Math.max(1e-9, axis.at(before) - from);
        }

        Lane of(Lane lane) {
            lane.work().forEach(work -> {
                cover(work.began(), work.ended(), 0);
                if (work.waited() != null) {
                    cover(work.waited(), work.began(), 1);
                }
                if (work.end() > 0) {
                    count(work.ended(), 2);
                    if (work.outcome().equals("failed")) {
                        count(work.ended(), 4);
                    }
                }
            });
            lane.calls().forEach(call -> {
                count(call.ended(), 3);
                if (call.failed()) {
                    count(call.ended(), 4);
                }
            });
            lane.marks().forEach(mark -> count(mark.at(), mark.failed() ? 4 : 5));
            List<Bin> bins = sums.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(bin -> bin(bin.getKey(), bin.getValue()))
                    .toList();
            return new Lane(lane.agentId(), List.of(), List.of(), List.of(), bins);
        }

        private Bin bin(int at, double[] of) {
            return new Bin(
                    at, Math.min(1, of[0]), Math.min(1, of[1]), (int) of[2], (int) of[3], (int) of[4], (int) of[5]);
        }

        private double place(double time) {
            return (axis.at(time) - from) / length * count;
        }

        private double[] at(int bin) {
            return sums.computeIfAbsent(bin, none -> new double[6]);
        }

        private void count(double time, int what) {
            if (time >= after && time <= before) {
                at(Math.max(0, Math.min(count - 1, (int) place(time))))[what]++;
            }
        }

        private void cover(double began, double ended, int what) {
            double first = Math.max(0, place(Math.max(began, after)));
            double last = Math.min(count, place(Math.min(ended, before)));
            for (int bin = (int) first; bin < last && bin < count; bin++) {
                at(bin)[what] += Math.min(last, bin + 1) - Math.max(first, bin);
            }
        }
    }
}
