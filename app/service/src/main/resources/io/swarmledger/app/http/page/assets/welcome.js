/** The first event makes another page of this one. */
import { onEvent } from '/assets/live.js';

onEvent(() => location.reload());
