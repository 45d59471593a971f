"""The checks of the house find what they are there for."""
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from lab import ROOT


class Layers(unittest.TestCase):
    CASES = (
        ("rule/event.c", '#include "store/store.h"', 'rule/ may not include "store/store.h"'),
        ("poll/queue.c", '#include "delivery/queue.h"', 'poll/ may not include "delivery/queue.h"'),
        ("fetch/main.c", '#include "feed/feed.h"', 'fetch/ may not include "feed/feed.h"'),
        ("notify/main.c", '#include "delivery/queue.h"', 'notify/ may not include "delivery/queue.h"'),
        ("daemon/pipeline.c", "#include <sqlite3.h>", "<sqlite3.h> belongs to store alone"),
        ("base/buf.c", '#include "article/article.h"', 'base/ may not include "article/article.h"'),
        ("ctl/main.c", '#include "helper.h"', "does not name its folder"),
    )

    def check(self, root):
        return subprocess.run([ROOT / "tests/layers", root], text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT)

    def test_the_tree_keeps_them_and_every_kind_of_breach_is_found(self):
        with tempfile.TemporaryDirectory() as folder:
            src = pathlib.Path(folder) / "src"
            shutil.copytree(ROOT / "src", src)
            self.assertEqual(self.check(src).returncode, 0)
            for name, line, complaint in self.CASES:
                path = src / name
                good = path.read_text()
                path.write_text(line + "\n" + good)
                done = self.check(src)
                self.assertEqual(done.returncode, 1, f"{name}: {line}")
                self.assertIn(f"{name}:1: ", done.stdout)
                self.assertIn(complaint, done.stdout)
                path.write_text(good)


if __name__ == "__main__":
    unittest.main()
