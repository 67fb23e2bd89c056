package com.kodihomes.rent

import com.gocardless.GoCardlessClient
import org.springframework.boot.context.properties.ConfigurationProperties
import org.springframework.context.annotation.Bean
import org.springframework.context.annotation.Configuration

@ConfigurationProperties("gocardless")
data class GoCardlessProperties(
    val environment: String,
    val accessToken: String,
    val webhookSecret: String?,
    val creditorId: String?,
)

@Configuration
class GoCardlessConfiguration {
    @Bean
    fun client(properties: GoCardlessProperties): GoCardlessClient {
        val environment = when (properties.environment) {
            "live" -> GoCardlessClient.Environment.LIVE
            else -> GoCardlessClient.Environment.SANDBOX
        }
        return GoCardlessClient.newBuilder(properties.accessToken).withEnvironment(environment).build()
    }
}
