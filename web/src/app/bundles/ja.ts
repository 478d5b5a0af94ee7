export default import.meta.glob<Record<string, unknown>>(['/src/**/locale/ja.json', '!/src/portal/**'], {
  eager: true,
  import: 'default',
});
