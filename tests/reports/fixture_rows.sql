-- The rows of the made-up enterprise that are no series, hostile text among them. Variables: sha (the archived file's),
-- script and formula (markup and a spreadsheet formula as names), hostile (a file name that is both).
insert into settings.build values
    (date '2025-11-22', date '2024-01-01', 'Asia/Shanghai', '碳库示例制造有限公司', 'Tanku Example Manufacturing', '1');
insert into settings.regimes values ('gbt32150'), ('ghgp_location');
insert into rules.stream_types values
    ('stationary_combustion', 'scope_1', '固定燃烧', 'Stationary combustion'),
    ('mobile_combustion', 'scope_1', '移动燃烧', 'Mobile combustion'),
    ('purchased_electricity', 'scope_2', '购入电力', 'Purchased electricity'),
    ('exported_electricity', 'scope_2', '输出电力', 'Exported electricity'),
    ('purchased_heat', 'scope_2', '购入热力', 'Purchased heat');
insert into rules.fuels values
    ('natural_gas', '天然气', 'Natural gas'), ('bituminous_coal', '烟煤', 'Bituminous coal'), ('diesel', '柴油', 'Diesel'),
    ('electricity', '电力', 'Electricity'), ('heat', '热力', 'Heat');
insert into plan.roles values ('energy', '能源主管', 'Energy manager', '动力部', '张三', 'recorder');
insert into plan.meters values ('G-01', 'G1'), ('M-E1', 'E1'), ('M-E2', 'E2');
insert into archive.deliveries values
    (1, getvariable('sha'), '天然气日用量_2025-03.csv', 700, timestamp '2025-04-02 08:01:00', 'received', 1, null),
    (2, sha256('other'), getvariable('hostile'), 9123, timestamp '2025-04-02 08:02:00', 'received', 2, null),
    (3, getvariable('sha'), '天然气 副本.csv', 700, timestamp '2025-04-03 09:00:00', 'duplicate', 1, null),
    (4, sha256('refused'), '不明文件.xlsx', 20480, timestamp '2025-04-04 08:00:00', 'received', 4, null);
insert into readings.unplanned values
    ('load_profile', 'E9', 'active_import', 31, date '2025-03-01', date '2025-03-31', sha256('other'),
     '表计 E9 不在计划中' || getvariable('script') || ' / meter E9 is not in the plan ' || getvariable('script'));
insert into marts.dim_facilities values
    ('F1', '苏州一厂', 'Suzhou plant 1', '碳库示例制造有限公司', 'CN-JS', true, '', true, null),
    ('F2', '宁波二厂', 'Ningbo plant 2', '碳库示例制造有限公司', 'CN-ZJ', true, '', false, null),
    ('F3', '南通仓库' || getvariable('script'), 'Nantong depot ' || getvariable('script'), '碳库示例制造有限公司', 'CN-JS',
     false, '租赁，由出租方核算 / leased, accounted by the landlord', false, 126.4);
insert into marts.dim_regimes values
    ('gbt32150', 'GB/T 32150 工业企业温室气体排放核算', 'GB/T 32150 enterprise accounts', '2025', 'enterprise', 'CO2', '',
     'conservative', 'subtracted', '最新公布的全国平均因子 / latest national average published', 'display', 'half_up', 6,
     'GB/T 32150-2025', '', 'secondary', '输出扣除', 'Exports are subtracted', true),
    ('ghgp_location', '温室气体核算体系（基于位置）', 'GHG Protocol, location-based', '2015', 'enterprise', 'CO2 CH4 N2O', 'AR5',
     'best_estimate', 'excluded', '活动年的省级因子 / provincial factor of the activity year', 'display', 'half_up', 6,
     'GHG Protocol', '', 'unverified', '输出不扣除', 'Exports are not subtracted', true),
    ('unused', '未用', 'Not asked for', '1', '', '', '', '', '', '', 'display', 'half_up', 6, '', '', 'confirmed', '', '', false);
insert into marts.fct_exclusions values
    ('ghgp_location', 'F1', 'S1-PV', 'exported_electricity', 'electricity', 'own_generated', 'excluded',
     '输出的电力不从范围二扣除', 'Exported power is not subtracted from scope 2');
insert into marts.fct_deliveries values
    (1, getvariable('sha'), '天然气日用量_2025-03.csv', 'gas_daily', 'load_profile', 'ACCEPT', '', 31, 31, 0, 0, 31, 0, 700, timestamp '2025-04-02 08:01:00'),
    (2, sha256('other'), getvariable('hostile'), 'erp_movements', 'stock_movement', 'QUARANTINE_ROWS',
     'NUM_SYNTAX, DATE_INVALID', 120, 112, 3, 5, 110, 2, 9123, timestamp '2025-04-02 08:02:00'),
    (4, sha256('refused'), '不明文件.xlsx', null, null, 'REJECT_FILE', 'HDR_UNKNOWN', 0, 0, 0, 0, 0, 0, 20480, timestamp '2025-04-04 08:00:00');
insert into marts.fct_quarantine
select
    getvariable('hostile'), '', 7 + n, 'NUM_SYNTAX', '数量', '1_000',
    '第 ' || (7 + n) || ' 行：数量读不懂' || getvariable('script'),
    'row ' || (7 + n) || ': the quantity cannot be read ' || getvariable('script'), '261,煤,1_000', sha256('other')
from range(3) as numbers(n);
insert into marts.fct_verdict_rows values
    ('entry', 'DQ01', 'E', 'readings.planned', 'k1', null, 'F2', 'S2-ELEC', 'P-S2-ELEC', date '2025-03-01',
     date '2025-04-01', null, 'a quantity', '没有电量' || getvariable('script'), 'no reading came ' || getvariable('script'));
insert into marts.fct_verdict_rows
select
    'entry', 'DQ14', 'E', 'readings.planned', 'k' || n, null, 'F2', 'S2-ELEC', 'P-S2-ELEC', make_date(2025, n, 1),
    make_date(2025, n + 1, 1), '2025-07-31', '2025-08-01', '检定于 2025-07-31 到期', 'calibration was due on 2025-07-31'
from range(8, 11) as months(n);
insert into marts.fct_substitutions values
    ('F1', 'S1-ELEC', 'P-S1-ELEC', date '2025-06-01', date '2025-07-01', 'MD-04', 24, 1787031, 1850112.5, 1861340.25, 'kWh',
     '', null);
insert into marts.fct_events values
    ('VALUE_REVISED', getvariable('hostile'), 'stock_movement', '1001/COAL/261/2025-02-03/5000001/1', '-12.500000000000',
     '-13.750000000000', 2, '', 17, sha256('other'));
insert into marts.fct_reconciliations values
    ('cross_check', 'F1', 'S1-ELEC', 'P-S1-ELEC', date '2025-05-01', date '2025-05-01', date '2025-06-01', 1621224, 1639000, 'kWh', 0.010965, true,
     '账单比电表少 1.1 %', 'the bill states 1.1 % less than the meter'),
    ('fuel_energy', 'F1', 'S1-GAS', 'P-S1-GAS', date '2025-03-01', date '2025-03-01', date '2025-04-01', 130579.75, 130579.75, 'Nm3', 0, false, '', '');
insert into marts.fct_regime_bridge values
    ('gbt32150', 'ghgp_location', 2025, 'NJ-F', 3, 'gases_covered', '核算气体', 'Gases covered', 12.5),
    ('gbt32150', 'ghgp_location', 2025, 'NJ-F', 7, 'grid_factor', '电网因子', 'Grid factor', -3.25);
insert into marts.fct_uncertainty values ('gbt32150', 2025, '', '', 1000, 71.5, 0.0715, 4, 2);

insert into rules.quality_parts values
    ('conformity', 1, 50, '控制符合率', 'Conformity', '通过 ÷ 应有', 'passed over due'),
    ('completeness', 2, 30, '数据完整率', 'Completeness', '小时 ÷ 小时', 'hours over hours');
insert into marts.fct_quality_scores
select facility, kind, start, part, position, have, 10, have / 10, weight, 80, round(100 * weight * have / 10 / 80, 4)
from (values ('F1', 'year', date '2025-01-01'), ('F1', 'month', date '2025-01-01'), ('F1', 'month', date '2025-02-01'))
    as periods (facility, kind, start)
cross join (values ('conformity', 1, 9, 50), ('completeness', 2, 8, 30)) as parts (part, position, have, weight);
