"""An OpenTelemetry collector on loopback: adds up every counter that it is sent (OTLP over HTTP)."""

from __future__ import annotations

import gzip
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest


class Collector(ThreadingHTTPServer):
    """Counters are cumulative: of each series, of each process, the last value is what counts."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self._series: dict[tuple[str, int, bytes], int] = {}
        self._lock = threading.Lock()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def counts(self) -> Counter[str]:
        """Counter → its sum over all series and processes."""
        found: Counter[str] = Counter()
        with self._lock:
            for (name, _, _), value in self._series.items():
                found[name] += value
        return found

    def take(self, body: bytes) -> None:
        request = ExportMetricsServiceRequest.FromString(body)
        with self._lock:
            for resource in request.resource_metrics:
                for scope in resource.scope_metrics:
                    for metric in scope.metrics:
                        for point in metric.sum.data_points:
                            tags = b"".join(sorted(tag.SerializeToString() for tag in point.attributes))
                            key = metric.name, point.start_time_unix_nano, tags
                            self._series[key] = int(point.as_int or point.as_double)


class _Talk(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.take(gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""
