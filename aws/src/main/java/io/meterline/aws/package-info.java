/** AWS as the receiving end: S3 and SQS, and the URIs that name where records go. */
@NullMarked
package io.meterline.aws;

import org.jspecify.annotations.NullMarked;
