/** The first event makes another page of this one. */
import { onEvent } from './live.js';

onEvent(() => location.reload());
