/**
 * What claude-flow leaves on disk: stores that are overwritten in place, its memory database, receipts and logs. What they
 * say now becomes facts, which are told once.
 */
package io.swarmledger.app.recorder.claudeflow;
