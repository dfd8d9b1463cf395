/**
 * CloudWatch material as AWS writes it, made to order for tests. It uses the JDK alone, so that
 * core's own tests can use it too.
 */
@NullMarked
package io.meterline.samples;

import org.jspecify.annotations.NullMarked;
