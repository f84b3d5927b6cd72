// Who serves whom, from the payload: which units each post reaches, and by whom each unit is served.
(() => {
  // One entry a post (the marks of the payload in their order): `key` is its place on earth, `area`
  // the units it serves, nearest first, as { iso, km, region, org }.
  Atlas.reach = (payload) => payload.posts.map(([lat, lng, host, city, parts, planned], n) => {
    const own = (payload.served ?? [])[n] ?? [];
    const area = own.flatMap((list, part) => {
      const found = [];
      for (let i = 0; i < list.length; i += 2) {
        found.push({ iso: list[i], km: Math.abs(list[i + 1]), region: list[i + 1] < 0, org: parts[part][0] });
      }
      return found;
    });
    area.sort((a, b) => a.km - b.km);
    return { key: `${lat},${lng}`, lat, lng, host, city: payload.cities[city], parts, planned, area };
  });

  // The posts that serve most units, as [post, how many]: five, with all who tie with the fifth or,
  // where that is a crowd, none of them.
  Atlas.most = (counted) => {
    const many = counted.filter(([, n]) => n > 1)
      .sort((a, b) => b[1] - a[1] || a[0].city.localeCompare(b[0].city));
    const least = many[4]?.[1] ?? 0;
    const tied = many.filter(([, n]) => n >= least);
    return tied.length > 6 ? many.filter(([, n]) => n > least) : tied;
  };

  // Whether a unit lies outside the area that was chosen: the map is silent about it.
  Atlas.outside = ({ units, looks, rest }, iso) =>
    (units[iso] ? looks[units[iso][0]] : rest) === "outside";

  // The marks that stand on the map (as `maps.standing` has it), and a post that was chosen beside
  // them: where it is about one organisation those of its posts, and where there is an area those
  // that lie in it or serve a country of it, or the country that was chosen.
  Atlas.marked = (payload, chosen) => {
    const { posts, served = [], about, selected } = payload;
    const told = (iso) => iso === selected || !Atlas.outside(payload, iso);
    return posts.flatMap((post, n) => {
      const own = post[4].flatMap((part, k) => (!about || part[0] === about
        ? [[part, (served[n]?.[k] ?? []).filter((_, i) => i % 2 === 0)]] : []));
      if (own.some(([, area]) => [post[2], ...area].some(told))) {
        return [[...post.slice(0, 4), own.map(([part]) => part), post[5]]];
      }
      return `${post[0]},${post[1]}` === chosen ? [post] : [];
    });
  };

  // The units of a work area, each once.
  Atlas.area = (post) => [...new Map(post.area.map((one) => [one.iso, one])).values()];

  // The lines to draw, as [lat, lng, unit served, organisation, 1 when it leaves what is chosen].
  // On a map about one organisation only its own, but for those of a chosen post.
  Atlas.lines = (reach, selected, post, about) => {
    const rows = new Map();
    reach.forEach((from) => from.area.forEach(({ iso, org }) => {
      const outward = post ? from === post : from.host === selected;
      if (about && !post && org !== about) return;
      if (iso === from.host || !(outward || (!post && iso === selected))) return;
      rows.set(`${from.key} ${iso} ${org}`, [from.lat, from.lng, iso, org, outward ? 1 : 0]);
    }));
    return [...rows.values()];
  };

  // Who serves a unit, nearest first.
  Atlas.servers = (reach, iso) => reach.flatMap((post) => {
    const rows = post.area.filter((one) => one.iso === iso);
    return rows.length ? [{ post, rows }] : [];
  }).sort((a, b) => (b.post.host === iso) - (a.post.host === iso) || a.rows[0].km - b.rows[0].km);
})();
