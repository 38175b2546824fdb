import type { Checking } from './check.ts';
import type { CsvTable } from './csv-file.ts';
import { say } from './problem.ts';

/** Sample rows told of each kind: one wrong column would otherwise fill the screen. */
const MOST = 20;

/** Rates without holes, outlets that a rate reaches, orders that name outlets there are. Records are known by their fields. */
export function checkRates(checking: Checking): void {
  const tables = [...checking.draft.tables.values()];
  const having = (...fields: readonly string[]): CsvTable | undefined =>
    tables.find((table) => fields.every((field) => table.fields.has(field)));
  const rates = having('from_city', 'to_city');
  const outlets = having('outlet', 'city');
  const orders = having('waybill', 'from_outlet', 'to_outlet');
  if (rates) checkHoles(rates, checking);
  if (rates && outlets) checkReach(rates, outlets, checking);
  if (orders && outlets) checkOutlets(orders, outlets, checking);
}

function checkHoles(table: CsvTable, { report }: Checking): void {
  const line = new Map<string, number>();
  const pairs: { readonly from: string; readonly to: string; readonly index: number }[] = [];
  const numbers = [...table.fields].flatMap(([name, { type }]) => (type === 'number' ? [name] : []));
  let told = 0;
  for (const [index, row] of table.rows.entries()) {
    for (const name of numbers) {
      const value = row[name];
      if (told >= MOST || (typeof value === 'number' && value > 0)) continue;
      told++;
      report(
        table.place(index, name),
        value === null || value === undefined ? 'rate-hole' : 'rate-not-positive',
        value === null || value === undefined
          ? say(`这条线路没有填“${name}”，报价时会缺这一项`, `"${name}" is missing for this route, so quotes lack it`)
          : say(
              `“${name}”是 ${String(value)}，价目应当大于 0`,
              `"${name}" is ${String(value)}; a rate must be above 0`,
            ),
      );
    }
    const [from, to] = [String(row['from_city'] ?? ''), String(row['to_city'] ?? '')];
    if (from === '' || to === '') continue;
    const route = `${from} ${to}`;
    const earlier = line.get(route);
    if (earlier !== undefined) {
      report(
        table.place(index, 'from_city'),
        'duplicate-rate',
        say(
          `${from}到${to}在第 ${earlier} 行已有价目，请只保留一行`,
          `the rate from ${from} to ${to} is already on line ${earlier}; keep one`,
        ),
      );
    } else {
      line.set(route, table.place(index, 'from_city').line);
      pairs.push({ from, to, index });
    }
  }
  // A city that is only reached, or only left, is no hole; one of two that both send and receive is.
  const [froms, tos] = [new Set(pairs.map(({ from }) => from)), new Set(pairs.map(({ to }) => to))];
  const oneWay = pairs.filter(({ from, to }) => !line.has(`${to} ${from}`) && froms.has(to) && tos.has(from));
  for (const { from, to, index } of oneWay.slice(0, MOST)) {
    report(
      table.place(index, 'from_city'),
      'rate-one-way',
      say(
        `有${from}到${to}的价目，没有${to}到${from}的，请补上一行`,
        `there is a rate from ${from} to ${to} but none back; add a row`,
      ),
    );
  }
}

function checkReach(rates: CsvTable, outlets: CsvTable, { report }: Checking): void {
  const served = new Set(rates.rows.flatMap((row) => [row['from_city'], row['to_city']]));
  let told = 0;
  for (const [index, { outlet, city }] of outlets.rows.entries()) {
    if (city == null || served.has(city) || told++ >= MOST) continue;
    report(
      outlets.place(index, 'city'),
      'outlet-without-rate',
      say(
        `价目表里没有“${String(city)}”，到“${String(outlet)}”的货报不出价，请补上价目`,
        `no rate names ${String(city)}, so nothing can be quoted to ${String(outlet)}; add a rate`,
      ),
    );
  }
}

function checkOutlets(orders: CsvTable, outlets: CsvTable, { report }: Checking): void {
  const known = new Set(outlets.rows.map(({ outlet }) => outlet));
  let told = 0;
  for (const [index, row] of orders.rows.entries()) {
    for (const field of ['from_outlet', 'to_outlet']) {
      const outlet = row[field];
      if (outlet == null || known.has(outlet) || told++ >= MOST) continue;
      report(
        orders.place(index, field),
        'unknown-outlet',
        say(
          `网点表里没有“${String(outlet)}”，请改正名字或补上这个网点`,
          `there is no outlet "${String(outlet)}"; correct the name, or add the outlet`,
        ),
      );
    }
  }
}
