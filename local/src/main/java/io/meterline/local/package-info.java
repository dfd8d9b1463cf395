/**
 * CloudWatch Logs' subscription, Kinesis and Lambda's invocations in one JVM, with the behaviour
 * that AWS documents, on a clock and a randomness that are given. What is a number of this
 * package's own making (a delay, a back-off) is said to be so where it is.
 */
@NullMarked
package io.meterline.local;

import org.jspecify.annotations.NullMarked;
