/**
 * Everything of the demo on this machine: AWS's part in one JVM, the receiving end, and the books
 * that hold what was sent against what arrived.
 */
@NullMarked
package io.meterline.cli.demo;

import org.jspecify.annotations.NullMarked;
