#!/usr/bin/env python3
"""A server on this machine for tests/test_fetch.c. Prints its port and ends when its standard input does."""
import http.server, sys, threading, time

HITS = {}


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for k, v in headers.items():
            self.send_header(k.replace("_", "-"), v)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        path = self.path
        HITS[path] = HITS.get(path, 0) + 1
        host = self.headers.get("Host", "")
        if path == "/robots.txt":
            if host.startswith("localhost"):  # a site whose server fails
                return self.answer(503, b"no")
            return self.answer(200, b"User-agent: *\nDisallow: /closed\nAllow: /closed/but-this\n\nUser-agent: other\nDisallow: /\n")
        if path == "/page":
            return self.answer(200, ("agent " + self.headers.get("User-Agent", "")).encode(), Content_Type="text/plain", ETag='"v1"', Last_Modified="Mon, 04 May 2026 10:00:00 GMT")
        if path == "/conditional":
            return self.answer(304 if self.headers.get("If-None-Match") == '"v1"' else 200, b"", ETag='"v1"')
        if path == "/large":
            return self.answer(200, b"a" * 300000)
        if path == "/endless":
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(100000):
                    self.wfile.write(b"a" * 10000)
            except OSError:
                pass
            return
        if path == "/slow":
            time.sleep(4)
            return self.answer(200, b"late")
        if path == "/packed":
            import gzip
            return self.answer(200, gzip.compress(bytes(50 << 20)), Content_Encoding="gzip")
        if path.startswith("/to/"):
            return self.answer(302, b"", Location=path[3:])
        if path == "/loop":
            return self.answer(302, b"", Location="/loop")
        if path == "/file":
            return self.answer(302, b"", Location="file:///etc/passwd")
        if path == "/hits-closed":
            return self.answer(200, str(sum(n for p, n in HITS.items() if p.startswith("/closed"))).encode())
        if path.startswith("/closed"):
            return self.answer(200, b"closed")
        return self.answer(404, b"nothing")


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


server = Server(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
