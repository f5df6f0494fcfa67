import {
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';

export interface ChartSeries {
  key: string;
  name: string;
  /** Of the Okabe–Ito palette, which tells colours apart for everybody. */
  color: string;
}

export interface ChartProps {
  rows: Record<string, number | string | null>[];
  series: ChartSeries[];
  kind: 'bars' | 'line';
  isRightToLeft: boolean;
  format: (value: number) => string;
  domain?: [number, number];
  /** What is usual, behind the lines. */
  bands?: { from: number; to: number; color: string }[];
}

const HEIGHT = 240;

/** Loaded when a dashboard is opened; the table behind it says the same. */
export default function Chart({ rows, series, kind, isRightToLeft, format, domain, bands = [] }: ChartProps) {
  const axes = (
    <>
      <CartesianGrid stroke="var(--line)" vertical={false} />
      <XAxis dataKey="label" reversed={isRightToLeft} tick={{ fill: 'var(--quiet)', fontSize: 12 }} minTickGap={24} />
      <YAxis
        orientation={isRightToLeft ? 'right' : 'left'}
        tick={{ fill: 'var(--quiet)', fontSize: 12 }}
        tickFormatter={(value: number) => format(value)}
        allowDecimals={domain !== undefined}
        width={64}
        {...(domain && { domain })}
      />
      <Tooltip
        formatter={(value) => format(Number(value))}
        contentStyle={{ background: 'var(--card)', borderColor: 'var(--line)', color: 'var(--ink)' }}
        labelStyle={{ color: 'var(--ink)' }}
      />
      {series.length > 1 && <Legend formatter={(name) => <span style={{ color: 'var(--ink)' }}>{name}</span>} />}
    </>
  );
  return (
    <div style={{ direction: 'ltr', blockSize: HEIGHT }} aria-hidden>
      <ResponsiveContainer width="100%" height="100%">
        {kind === 'bars' ? (
          <BarChart data={rows} accessibilityLayer={false}>
            {axes}
            {series.map(({ key, name, color }) => (
              <Bar key={key} dataKey={key} name={name} fill={color} isAnimationActive={false} radius={[3, 3, 0, 0]} />
            ))}
          </BarChart>
        ) : (
          <LineChart data={rows} accessibilityLayer={false}>
            {bands.map(({ from, to, color }) => (
              <ReferenceArea key={`${color}${from}`} y1={from} y2={to} fill={color} fillOpacity={0.14} />
            ))}
            {axes}
            {series.map(({ key, name, color }) => (
              <Line
                key={key}
                dataKey={key}
                name={name}
                stroke={color}
                strokeWidth={2}
                connectNulls
                dot={{ r: 3 }}
                isAnimationActive={false}
              />
            ))}
          </LineChart>
        )}
      </ResponsiveContainer>
    </div>
  );
}
