// Where the door is: nothing at the root of a server, and the path below which it is otherwise.
export const base = new URL('..', import.meta.url).pathname.slice(0, -1);
