package io.swarmledger.app.architecture.broken.app.loop;

/** Breaks: threads of the application are workers. */
final class StartsAThread {

    void start(Runnable work) {
        new Thread(work).start();
    }
}
