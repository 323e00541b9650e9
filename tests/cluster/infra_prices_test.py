# SPDX-FileCopyrightText: the Lapilli authors
# SPDX-License-Identifier: BSD-3-Clause
"""infra/azure/prices adds prices to the table of sizes, as a price list on loopback tells them; and the table says what it should."""
import http.server
import json
import pathlib
import re
import subprocess
import sys
import threading
import unittest
import urllib.parse

AZURE = pathlib.Path(__file__).resolve().parents[2] / "infra" / "azure"
PAGE = (AZURE / "README.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (Standard_\w+) \| (\d+) \| (\d+) \| (\d+)³ \| (\d+)³ \|$", PAGE, re.M)


def offer(sku, price, product="Virtual Machines Easv5 Series", unit="1 Hour"):
    return {"skuName": sku, "retailPrice": price, "productName": product, "unitOfMeasure": unit}


OFFERS = {
    "Standard_E8as_v5": [
        offer("E8as v5", 0.5), offer("E8as v5 Spot", 0.125), offer("E8as v5 Spot", 99, "Virtual Machines Easv5 Series Windows"),
        offer("E8as v5 Low Priority", 0.2), offer("E8as v5", 9.9, "Easv5 Series Cloud Services"), offer("E8as v5", 400, unit="1 Month"),
        offer("E8as v5", 0.8, "Virtual Machines Easv5 Series Windows"),
    ],
    "Standard_D8as_v5": [offer("D8as v5", 0.25)],
}


class PriceList(http.server.BaseHTTPRequestHandler):
    """Tells one offer a page."""
    asked, fault = [], None

    def do_GET(self):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
        self.asked.append(query)
        terms = dict(re.findall(r"(\w+) eq '([^']*)'", query["$filter"][0]))
        offers = OFFERS.get(terms["armSkuName"], []) if terms["armRegionName"] == "westeurope" else []
        page = int(query.get("page", ["0"])[-1])
        told = {"Items": offers[page:page + 1], "NextPageLink": None}
        if page + 1 < len(offers) or self.fault == "endless":
            told["NextPageLink"] = f"http://127.0.0.1:{self.server.server_port}{self.path}&page={page + 1}"
        body = json.dumps({"strange": 1} if self.fault == "strange" else told).encode()
        self.send_response(503 if self.fault == "closed" else 200)
        self.end_headers()
        self.wfile.write(b"<html>" if self.fault == "no json" else body)

    def log_message(self, *_):
        pass


class Prices(unittest.TestCase):
    def setUp(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), PriceList)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        PriceList.asked, PriceList.fault = [], None

    def prices(self, *words):
        url = f"http://127.0.0.1:{self.server.server_port}/api/retail/prices"
        return subprocess.run([sys.executable, AZURE / "prices", "--url", url, *words], text=True, capture_output=True, timeout=60,
                              env={"no_proxy": "*"})

    def test_the_table_gets_two_columns(self):
        done = self.prices("--currency", "EUR")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        lines = done.stdout.splitlines()
        self.assertEqual(len(lines), len(ROWS) + 2)
        self.assertTrue(lines[0].endswith("| EUR an hour | as a spot machine |"), lines[0])
        self.assertEqual({line.count("|") for line in lines}, {8})
        row = {re.match(r"\| (\w+)", line)[1]: line for line in lines[2:]}
        self.assertTrue(row["Standard_E8as_v5"].endswith("| 1020³ | 0.500 | 0.125 |"), row["Standard_E8as_v5"])
        self.assertTrue(row["Standard_D8as_v5"].endswith("| 0.250 | - |"), row["Standard_D8as_v5"])
        self.assertTrue(row["Standard_HB120rs_v3"].endswith("| - | - |"), row["Standard_HB120rs_v3"])
        self.assertEqual({query["currencyCode"][0] for query in PriceList.asked}, {"'EUR'"})
        self.assertIn("armSkuName eq 'Standard_E64as_v5' and armRegionName eq 'westeurope'", PriceList.asked[-2]["$filter"][0])

    def test_what_goes_wrong_is_one_sentence(self):
        for fault, sentence in (("closed", "does not answer (HTTP Error 503"), ("no json", "is not understood (JSONDecodeError"),
                                ("strange", "(KeyError: 'Items')"), ("endless", "(ValueError: it has no end)")):
            with self.subTest(fault):
                PriceList.fault = fault
                done = self.prices()
                self.assertEqual(done.returncode, 1)
                self.assertRegex(done.stderr, r"\Aprices: error: [^\n]*; expected [^\n]*; [^\n]*\n\Z")
                self.assertIn(sentence, done.stderr)
        PriceList.fault = None
        for words, code, sentence in ((("--location", "moon"), 1, "none of these sizes is sold in moon"),
                                      (("--location", "West Europe"), 2, "--location West Europe is no region"),
                                      (("--currency", "euro"), 2, "--currency euro is no currency"),
                                      (("--url", "http://127.0.0.1:1/"), 1, "the price list does not answer")):
            with self.subTest(words):
                done = self.prices(*words)
                self.assertEqual(done.returncode, code)
                self.assertIn(sentence, done.stderr)

    def test_images_fit_the_memory_of_their_size(self):
        self.assertGreater(len(ROWS), 5)
        for size, cores, memory_gib, on_two, on_one in ROWS:
            for agents, edge in ((2, on_two), (1, on_one)):
                voxels = agents * (int(memory_gib) * 1.073741824 - 1.5) * 1e9 / 1.25 / (250 * 0.2)
                self.assertEqual(int(edge), int(voxels ** (1 / 3) / 10) * 10, f"{size} on {agents}")
            cpus = int(re.match(r"Standard_[A-Z]+(\d+)", size)[1])
            self.assertEqual(int(cores), cpus if size.startswith("Standard_HB") else cpus // 2, size)


if __name__ == "__main__":
    unittest.main()
