/** The pages about revenue in the order of their tabs. A new one is a line here, a route, and `rooms.<key>` in the texts. */
export const rooms = [
  { to: '/revenue', key: 'executive' },
  { to: '/revenue/explorer', key: 'explorer' },
  { to: '/revenue/cohorts', key: 'cohorts' },
  { to: '/revenue/survival', key: 'survival' },
  { to: '/revenue/economics', key: 'economics' },
  { to: '/revenue/goals', key: 'goals' },
  { to: '/revenue/rules', key: 'rules' },
  { to: '/revenue/mend', key: 'mend' },
] as const;
