package io.meterline.aws;

import java.io.IOException;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/** The passing credentials of a role, fetched anew before they end. */
final class RoleKeys implements CredentialsSource {
  private static final String SESSION = "meterline";

  private final String role;
  private final CredentialsSource from;
  private final StsAssumeRoleCredentialsProvider provider;

  RoleKeys(
      AwsCredentials.AssumedRole role, CredentialsSource from, String region, AwsClients clients) {
    this.role = role.arn();
    this.from = from;
    AssumeRoleRequest.Builder request =
        AssumeRoleRequest.builder().roleArn(role.arn()).roleSessionName(SESSION);
    role.externalId().ifPresent(request::externalId);
    this.provider =
        StsAssumeRoleCredentialsProvider.builder()
            .stsClient(clients.sts(region, from.provider()))
            .refreshRequest(request.build())
            .build();
  }

  @Override
  public AwsCredentialsProvider provider() {
    return provider;
  }

  @Override
  public void prepare() throws IOException {
    from.prepare();
    try {
      provider.resolveCredentials();
    } catch (SdkException e) {
      if (!Failures.isAboutCredentials(e) || !from.renew()) {
        throw failed(e);
      }
      try {
        provider.resolveCredentials();
      } catch (SdkException again) {
        throw failed(again);
      }
    }
  }

  private IOException failed(SdkException failure) {
    return Failures.of(
        failure, role, "sts:AssumeRole on it, and it must trust them (or ask for an external id)");
  }
}
