package io.swarmledger.app.door;

/** There is no room for a body now; its request may come again. */
public final class BodiesFull extends BodyNotAwaited {

    private BodiesFull(String message) {
        super(message);
    }

    /** Others are waited for already. */
    public static BodiesFull waiting() {
        return new BodiesFull(
                "As many bodies as can be waited for are waited for already: send yours at once, or come" + " again");
    }

    /** Others occupy all that there is. */
    public static BodiesFull bytes(int most) {
        return new BodiesFull(
                "The bodies under way have all the " + most + " bytes that there are for them: come again");
    }
}
