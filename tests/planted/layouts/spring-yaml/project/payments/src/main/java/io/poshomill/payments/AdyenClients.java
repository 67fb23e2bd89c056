package io.poshomill.payments;

import com.adyen.Client;
import com.adyen.enums.Environment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class AdyenClients {

  @Bean
  Client adyen(AdyenProperties properties) {
    Environment environment = properties.live() ? Environment.LIVE : Environment.TEST;
    return new Client(properties.apiKey(), environment, properties.liveUrlPrefix());
  }
}
