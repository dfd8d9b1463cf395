package io.meterline.cli.demo;

import java.time.Instant;

/**
 * A record that was sent.
 *
 * @param by which way, or which rule made it
 * @param digest of its bytes; empty for one that a rule can't make
 * @param called when its call came in
 */
record Sent(String by, String digest, Instant called) {}
