package io.meterline.benchmarks.endtoend;

import java.net.URI;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;

/**
 * S3 in memory that checks signatures, with one bucket. Its first line of output is its port; it
 * ends when its input does, so that it does not outlive who started it.
 */
final class Store {
  static final String BUCKET = "ingest";
  static final String ACCESS_KEY = "access";
  static final String SECRET_KEY = "secret";

  private Store() {}

  public static void main(String[] arguments) throws Exception {
    Properties settings = new Properties();
    settings.setProperty("jclouds.identity", ACCESS_KEY);
    settings.setProperty("jclouds.credential", SECRET_KEY);
    BlobStore objects = BlobStores.create("transient", settings);
    objects.createContainer(BUCKET);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(objects)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .build();
    server.start();
    System.out.println(server.getPort());
    while (System.in.read() >= 0) {
      // Nothing is asked of it.
    }
    server.stop();
  }
}
