package io.poshomill.payments;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HooksTest {
  private static final String HOST = "https://checkout-test.adyen.com";
  private static final String CARD = "4111111111111111";

  @Test
  void acceptsSignedNotification() {
    assertThat(HOST).contains("test");
    assertThat(CARD).hasSize(16);
  }
}
