// Package live answers liveness probes.
package live

import "net/http"

// URL is what the probe asks.
const URL = "http://localhost:8080/live"

// Handler says that the process is alive.
func Handler(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }
