package io.poshomill.payments;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

@ConfigurationProperties("adyen")
public record AdyenProperties(
    String environment,
    URI checkoutUrl,
    String liveUrlPrefix,
    String merchantAccount,
    String clientKey,
    String apiKey,
    String hmacKey,
    URI notificationUrl) {

  /** Whether real money moves. */
  public boolean live() {
    return "LIVE".equals(environment);
  }
}
