/** The agents as Lambda functions: the handlers and their wiring. */
@NullMarked
package io.meterline.lambda;

import org.jspecify.annotations.NullMarked;
