"""A few of the allocations of each program fail, spread over all that it makes
(every one: "make faults"). Nothing is lost, nothing mutilated."""
import unittest

import memory
import smtp_server
import tls
from newsroom import SANITIZED


class Memory(unittest.TestCase):
    def few(self, count, *parts):
        for part in parts:
            with self.subTest(part=part):
                got = memory.examine(part, few=max(3, count // 3) if SANITIZED else count)
                self.assertEqual(got["wrong"], [])
                self.assertGreaterEqual(sum(got["fates"].values()), 3)

    def test_newsalertd(self):
        self.few(30, "newsalertd")
        self.few(9, "newsalertd-live")

    def test_readers(self):
        self.few(9, "newsalertd-fetch", "newsalertd-parse")

    def test_plugins(self):
        self.few(9, "webhook", "webhook-slack", "webhook-discord", "webhook-body", "file", "exec", "syslog", "journal")

    @unittest.skipUnless(smtp_server.HAVE, smtp_server.WHY)
    @unittest.skipUnless(tls.HAVE, "openssl is not installed")
    def test_email(self):
        self.few(9, "email")


if __name__ == "__main__":
    unittest.main()
