// Package config reads configs/base.yaml and the file of the environment over it.
package config

import (
	"os"
	"time"

	"gopkg.in/yaml.v3"
)

// Config is everything that may differ between environments.
type Config struct {
	Debug  bool       `yaml:"debug"`
	Server Server     `yaml:"server"`
	Lipa   LipaHaraka `yaml:"lipaHaraka"`
}

// Server is the HTTP server.
type Server struct {
	Addr        string        `yaml:"addr"`
	ReadTimeout time.Duration `yaml:"readTimeout"`
}

// LipaHaraka is the provider of payments.
type LipaHaraka struct {
	BaseURL       string `yaml:"baseUrl"`
	APIKey        string `yaml:"apiKey"`
	WebhookSecret string `yaml:"webhookSecret"`
	CallbackURL   string `yaml:"callbackUrl"`
}

// Load reads the files.
func Load(environment string) (Config, error) {
	config := Config{Server: Server{Addr: ":8080", ReadTimeout: 10 * time.Second}}
	for _, name := range []string{"base", environment} {
		text, err := os.ReadFile("configs/" + name + ".yaml")
		if err != nil {
			return config, err
		}
		if err := yaml.Unmarshal([]byte(os.ExpandEnv(string(text))), &config); err != nil {
			return config, err
		}
	}
	return config, nil
}
