plugins {
    kotlin("jvm") version "2.0.0"
    kotlin("plugin.spring") version "2.0.0"
    id("org.springframework.boot") version "3.3.2"
}

group = "com.kodihomes"
version = "3.1.0"

dependencies {
    implementation("org.springframework.boot:spring-boot-starter-web")
    implementation("com.gocardless:gocardless-pro:5.24.0")
    testImplementation("org.springframework.boot:spring-boot-starter-test")
}
